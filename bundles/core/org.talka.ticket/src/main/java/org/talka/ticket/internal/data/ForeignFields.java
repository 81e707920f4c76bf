/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Transactions;
import org.talka.api.text.Text;
import org.talka.persistence.Tables;
import org.talka.persistence.Tables.Condition;
import org.talka.ticket.internal.service.TicketEvents;
import org.talka.ticket.internal.store.TicketStore;

/** The fields of a module on tickets that are not its own. */
final class ForeignFields {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final TypeReference<TreeMap<String, Object>> VALUES = new TypeReference<>() {};
  private static final int TRIES = 5;

  private final Tables tables;
  private final Transactions transactions;
  private final TicketStore tickets;
  private final TicketEvents events;

  ForeignFields(
      Tables tables, Transactions transactions, TicketStore tickets, TicketEvents events) {
    this.tables = tables;
    this.transactions = transactions;
    this.tickets = tickets;
    this.events = events;
  }

  long count(String module) {
    long[] count = new long[1];
    read(module, line -> count[0]++);
    return count[0];
  }

  /** One line for each ticket: its id and key, the values, and their rows for lists. */
  void read(String module, Consumer<Map<String, Object>> line) {
    Set<String> keys = new HashSet<>();
    Set<String> types = new HashSet<>();
    tables.read(
        "tkt_definition",
        new Condition("module_id = ? and kind = ?", List.of(module, "FIELD")),
        row -> {
          keys.add((String) row.get("definition_key"));
          tree((String) row.get("definition")).path("on").forEach(on -> types.add(on.asText()));
        });
    if (keys.isEmpty()) {
      return;
    }
    List<Object> values = new ArrayList<>(List.of(module));
    Condition on = Condition.in("type", types);
    values.addAll(on.values());
    Condition others =
        new Condition("module_id <> ? and field_values is not null and " + on.sql(), values);
    tables.read(
        "tkt_ticket",
        others,
        row -> {
          TreeMap<String, Object> own = values((String) row.get("field_values"));
          own.keySet().retainAll(keys);
          if (!own.isEmpty()) {
            line.accept(line(row, own));
          }
        });
  }

  private Map<String, Object> line(Map<String, Object> ticket, Map<String, Object> own) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", ticket.get("id"));
    line.put("key", ticket.get("ticket_key"));
    line.put("values", own);
    List<Map<String, Object>> words = new ArrayList<>();
    tables.read("tkt_value", words(ticket.get("id"), own.keySet()), words::add);
    line.put("words", words);
    return line;
  }

  private static Condition words(Object ticket, Set<String> fields) {
    Condition field = Condition.in("field", fields);
    List<Object> values = new ArrayList<>(List.of(ticket));
    values.addAll(field.values());
    return new Condition("ticket_id = ? and " + field.sql(), values);
  }

  void purge(String module) {
    List<Map<String, Object>> lines = new ArrayList<>();
    read(module, lines::add);
    for (Map<String, Object> line : lines) {
      Set<String> gone = own(line).keySet();
      change(
          TicketData.number(line.get("id")),
          values -> values.keySet().removeAll(gone),
          id -> tables.delete("tkt_value", words(id, gone)));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> own(Map<String, Object> line) {
    return (Map<String, Object>) line.get("values");
  }

  void conflicts(List<Map<String, Object>> lines, Set<Text> conflicts) {
    for (Map<String, Object> line : lines) {
      List<Map<String, Object>> there =
          tables.first("tkt_ticket", Condition.is("id", TicketData.number(line.get("id"))), 1);
      if (there.isEmpty() || !there.get(0).get("ticket_key").equals(line.get("key"))) {
        conflicts.add(Text.of("ticket.import.away", "key", String.valueOf(line.get("key"))));
      }
    }
  }

  @SuppressWarnings("unchecked")
  void bring(List<Map<String, Object>> lines) {
    for (Map<String, Object> line : lines) {
      change(
          TicketData.number(line.get("id")),
          values -> values.putAll(own(line)),
          id ->
              tables.insert("tkt_value", (List<Map<String, Object>>) (List<?>) line.get("words")));
    }
  }

  /** People work on these tickets meanwhile: whoever was first wins, we come again. */
  private void change(Object id, Consumer<Map<String, Object>> values, Consumer<Object> words) {
    for (int more = TRIES - 1; ; more--) {
      try {
        transactions.required(
            () -> {
              Map<String, Object> row =
                  tables.first("tkt_ticket", Condition.is("id", id), 1).get(0);
              TreeMap<String, Object> all = values((String) row.get("field_values"));
              values.accept(all);
              Map<String, Object> changed = new LinkedHashMap<>();
              changed.put("field_values", all.isEmpty() ? null : write(all));
              changed.put("version", (Long) row.get("version") + 1);
              int done =
                  tables.update(
                      "tkt_ticket",
                      changed,
                      new Condition("id = ? and version = ?", List.of(id, row.get("version"))));
              if (done == 0) {
                throw new ConcurrentChangeException("Somebody changed ticket " + id, null);
              }
              words.accept(id);
              tickets
                  .byIds(List.of((Long) id), false)
                  .forEach(ticket -> events.publish(ticket, "updated"));
              return null;
            });
        return;
      } catch (ConcurrentChangeException lost) {
        // inside somebody's transaction there is no second try
        if (more == 0 || transactions.active()) {
          throw lost;
        }
      }
    }
  }

  private static TreeMap<String, Object> values(String json) {
    try {
      return json == null ? new TreeMap<>() : JSON.readValue(json, VALUES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored value can't be read", e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored definition can't be read", e);
    }
  }

  private static String write(Map<String, Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value can't be stored", e);
    }
  }
}
