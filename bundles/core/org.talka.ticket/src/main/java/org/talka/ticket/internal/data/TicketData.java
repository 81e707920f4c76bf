/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.api.text.Text;
import org.talka.module.ModuleData;
import org.talka.module.RowLines;
import org.talka.persistence.Tables;
import org.talka.persistence.Tables.Condition;
import org.talka.ticket.internal.attachment.AttachmentStore;
import org.talka.ticket.internal.service.TicketEvents;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * The tickets of a module's types with all that belongs to them, links of its types, what it
 * declared, and its fields on tickets of others. Rows are taken and brought back as they are, so
 * that keys, ids and times stay the same. What the history of others says of them stays.
 */
@Component
public class TicketData implements ModuleData {
  private static final int BATCH = 200;
  private static final String TICKETS = "tickets.jsonl";
  private static final String LINKS = "links.jsonl";
  private static final String FIELDS = "fields.jsonl";
  private static final String DEFINITIONS = "definitions.jsonl";
  private static final String BYTES = "attachments/";

  /** What belongs to a ticket alone: the table, and the entry of an export. */
  private static final Map<String, String> PARTS =
      java.util.Collections.unmodifiableMap(
          new LinkedHashMap<>(
              Map.of(
                  "tkt_value", "values",
                  "tkt_history", "history",
                  "tkt_comment", "comments",
                  "tkt_task", "tasks",
                  "tkt_reference", "references",
                  "tkt_attachment", "attachments")));

  private final Tables tables;
  private final Transactions transactions;
  private final TicketStore tickets;
  private final TypeRegistry registry;
  private final TicketEvents events;
  private final AttachmentStore files;
  private final NumberSeries numbers;
  private final ForeignFields fields;

  @Activate
  public TicketData(
      @Reference Tables tables,
      @Reference Transactions transactions,
      @Reference TicketStore tickets,
      @Reference TypeRegistry registry,
      @Reference TicketEvents events,
      @Reference AttachmentStore files,
      @Reference NumberSeries numbers) {
    this.tables = tables;
    this.transactions = transactions;
    this.tickets = tickets;
    this.registry = registry;
    this.events = events;
    this.files = files;
    this.numbers = numbers;
    this.fields = new ForeignFields(tables, transactions, tickets, events);
  }

  @Override
  public String name() {
    return "ticket";
  }

  private static Condition of(String module) {
    return Condition.is("module_id", module);
  }

  private List<Long> ids(String module) {
    List<Long> ids = new ArrayList<>();
    tables.read("tkt_ticket", of(module), row -> ids.add((Long) row.get("id")));
    return ids;
  }

  private static void some(List<Long> ids, Consumer<List<Long>> batch) {
    for (int from = 0; from < ids.size(); from += BATCH) {
      batch.accept(ids.subList(from, Math.min(ids.size(), from + BATCH)));
    }
  }

  private Set<String> linkTypes(String module) {
    Set<String> types = new LinkedHashSet<>();
    Condition links = new Condition("module_id = ? and kind = ?", List.of(module, "LINK"));
    tables.read("tkt_definition", links, row -> types.add((String) row.get("definition_key")));
    return types;
  }

  /** Every link once, whichever of its ends or its type is the module's. */
  private void links(String module, List<Long> ids, Consumer<Map<String, Object>> link) {
    Set<Object> seen = new HashSet<>();
    Consumer<Map<String, Object>> once =
        row -> {
          if (seen.add(row.get("id"))) {
            link.accept(row);
          }
        };
    some(
        ids,
        batch -> {
          tables.read("tkt_link", Condition.in("from_id", batch), once);
          tables.read("tkt_link", Condition.in("to_id", batch), once);
        });
    tables.read("tkt_link", Condition.in("type", linkTypes(module)), once);
  }

  @Override
  public Map<String, Long> count(String module) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Long> ids = ids(module);
    counts.put("tickets", (long) ids.size());
    some(
        ids,
        batch ->
            PARTS.forEach(
                (table, part) ->
                    counts.merge(
                        part, tables.count(table, Condition.in("ticket_id", batch)), Long::sum)));
    long[] links = new long[1];
    links(module, ids, link -> links[0]++);
    counts.put("links", links[0]);
    counts.put("fields", fields.count(module));
    counts.put("definitions", tables.count("tkt_definition", of(module)));
    return counts;
  }

  @Override
  public void export(String module, Sink out) throws IOException {
    List<Long> ids = new ArrayList<>();
    out.entry(
        TICKETS,
        content -> {
          RowLines lines = new RowLines(content);
          tables.read(
              "tkt_ticket",
              of(module),
              row -> {
                ids.add((Long) row.get("id"));
                lines.write(row);
              });
          lines.flush();
        });
    Set<String> bytes = new LinkedHashSet<>();
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      out.entry(
          part.getValue() + ".jsonl",
          content -> {
            RowLines lines = new RowLines(content);
            some(
                ids,
                batch ->
                    tables.read(
                        part.getKey(),
                        Condition.in("ticket_id", batch),
                        row -> {
                          if (row.get("sha256") instanceof String digest) {
                            bytes.add(digest);
                          }
                          lines.write(row);
                        }));
            lines.flush();
          });
    }
    out.entry(
        LINKS,
        content -> {
          RowLines lines = new RowLines(content);
          links(module, ids, link -> lines.write(withKeys(link)));
          lines.flush();
        });
    out.entry(
        FIELDS,
        content -> {
          RowLines lines = new RowLines(content);
          fields.read(module, lines::write);
          lines.flush();
        });
    out.entry(
        DEFINITIONS,
        content -> {
          RowLines lines = new RowLines(content);
          tables.read("tkt_definition", of(module), lines::write);
          lines.flush();
        });
    for (String digest : bytes) {
      out.entry(
          BYTES + digest,
          content -> {
            try (InputStream in = files.open(digest)) {
              in.transferTo(content);
            }
          });
    }
  }

  /** The ends by key as well: an id alone could be another ticket elsewhere. */
  private Map<String, Object> withKeys(Map<String, Object> link) {
    Map<String, Object> line = new LinkedHashMap<>(link);
    line.put("from_key", key(link.get("from_id")));
    line.put("to_key", key(link.get("to_id")));
    return line;
  }

  private Object key(Object id) {
    List<Map<String, Object>> found = tables.first("tkt_ticket", Condition.is("id", id), 1);
    return found.isEmpty() ? null : found.get(0).get("ticket_key");
  }

  @Override
  public void purge(String module) {
    forgetBytes(module);
    while (true) {
      List<Long> batch =
          tables.first("tkt_ticket", of(module), BATCH).stream()
              .map(row -> (Long) row.get("id"))
              .toList();
      if (batch.isEmpty()) {
        break;
      }
      transactions.required(
          () -> {
            tickets.byIds(batch, false).forEach(ticket -> events.publish(ticket, "purged"));
            PARTS.keySet().forEach(table -> tables.delete(table, Condition.in("ticket_id", batch)));
            tables.delete("tkt_link", Condition.in("from_id", batch));
            tables.delete("tkt_link", Condition.in("to_id", batch));
            tables.delete("tkt_ticket", Condition.in("id", batch));
            return null;
          });
    }
    tables.delete("tkt_link", Condition.in("type", linkTypes(module)));
    fields.purge(module);
    tables.delete("tkt_definition", of(module));
    registry.refresh();
  }

  /** Before the rows go, so that a purge that was cut off still knows of them. */
  private void forgetBytes(String module) {
    Set<String> digests = new LinkedHashSet<>();
    some(
        ids(module),
        batch ->
            tables.read(
                "tkt_attachment",
                Condition.in("ticket_id", batch),
                row -> digests.add((String) row.get("sha256"))));
    Condition others =
        new Condition(
            "sha256 = ? and ticket_id not in (select id from tkt_ticket where module_id = ?)",
            List.of("", module));
    for (String digest : digests) {
      try {
        files.forget(
            digest,
            () ->
                tables.count("tkt_attachment", new Condition(others.sql(), List.of(digest, module)))
                    > 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public List<Text> conflicts(String module, Source in) throws IOException {
    Set<Text> conflicts = new LinkedHashSet<>();
    Set<Object> ids = new HashSet<>();
    batches(
        in,
        TICKETS,
        rows -> {
          for (Map<String, Object> row : rows) {
            ids.add(number(row.get("id")));
            if (!module.equals(row.get("module_id"))) {
              conflicts.add(
                  Text.of("ticket.import.foreign", "key", String.valueOf(row.get("ticket_key"))));
            }
          }
          taken("tkt_ticket", "ticket_key", rows, conflicts);
          taken("tkt_ticket", "id", rows, conflicts);
        });
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      batches(
          in,
          part.getValue() + ".jsonl",
          rows -> {
            for (Map<String, Object> row : rows) {
              if (!ids.contains(number(row.get("ticket_id")))) {
                conflicts.add(Text.of("ticket.import.stray", "part", part.getValue()));
              }
            }
            if (!part.getKey().equals("tkt_value")) {
              taken(part.getKey(), "id", rows, conflicts);
            }
          });
    }
    Set<String> linkTypes = new HashSet<>();
    batches(
        in,
        DEFINITIONS,
        rows -> {
          for (Map<String, Object> row : rows) {
            if (!module.equals(row.get("module_id"))) {
              conflicts.add(
                  Text.of(
                      "ticket.import.foreign", "key", String.valueOf(row.get("definition_key"))));
            }
            if ("LINK".equals(row.get("kind"))) {
              linkTypes.add(String.valueOf(row.get("definition_key")));
            }
          }
          taken("tkt_definition", "definition_key", rows, conflicts);
        });
    batches(
        in,
        LINKS,
        rows -> {
          taken("tkt_link", "id", rows, conflicts);
          for (Map<String, Object> row : rows) {
            boolean from = ids.contains(number(row.get("from_id")));
            boolean to = ids.contains(number(row.get("to_id")));
            if (!from && !to && !linkTypes.contains(String.valueOf(row.get("type")))) {
              conflicts.add(Text.of("ticket.import.stray", "part", "links"));
            }
            away(from, row, "from", conflicts);
            away(to, row, "to", conflicts);
          }
        });
    batches(in, FIELDS, rows -> fields.conflicts(rows, conflicts));
    return List.copyOf(conflicts);
  }

  /** The other end of a link must be the ticket that it was. */
  private void away(boolean own, Map<String, Object> row, String end, Set<Text> conflicts) {
    Object wanted = row.get(end + "_key");
    if (!own && !java.util.Objects.equals(wanted, key(number(row.get(end + "_id"))))) {
      conflicts.add(Text.of("ticket.import.away", "key", String.valueOf(wanted)));
    }
  }

  private void taken(
      String table, String column, List<Map<String, Object>> rows, Set<Text> conflicts) {
    List<Object> wanted = rows.stream().map(row -> number(row.get(column))).toList();
    tables.read(
        table,
        Condition.in(column, wanted),
        row ->
            conflicts.add(Text.of("ticket.import.taken", "key", String.valueOf(row.get(column)))));
  }

  /** A whole number is a {@code Long} in a row and may be an {@code Integer} in a line. */
  static Object number(Object value) {
    return value instanceof Number n ? (Object) n.longValue() : value;
  }

  private static void batches(Source in, String entry, Consumer<List<Map<String, Object>>> rows)
      throws IOException {
    if (in.entries().contains(entry)) {
      try (InputStream lines = in.open(entry)) {
        RowLines.inBatches(lines, BATCH, rows);
      }
    }
  }

  @Override
  public void bring(String module, Source in) throws IOException {
    bringBytes(in);
    Map<String, Long> highest = new LinkedHashMap<>();
    List<Long> ids = new ArrayList<>();
    batches(
        in,
        TICKETS,
        rows -> {
          for (Map<String, Object> row : rows) {
            long id = ((Number) row.get("id")).longValue();
            ids.add(id);
            highest.merge(NumberSeries.IDS, id, Math::max);
            String key = (String) row.get("ticket_key");
            int dash = key.lastIndexOf('-');
            highest.merge(
                key.substring(0, dash), Long.parseLong(key.substring(dash + 1)), Math::max);
          }
          tables.insert("tkt_ticket", rows);
        });
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      batches(
          in,
          part.getValue() + ".jsonl",
          rows -> {
            note(rows, highest);
            tables.insert(part.getKey(), rows);
          });
    }
    batches(
        in,
        LINKS,
        rows -> {
          note(rows, highest);
          tables.insert("tkt_link", rows.stream().map(TicketData::withoutKeys).toList());
        });
    batches(in, DEFINITIONS, rows -> tables.insert("tkt_definition", rows));
    batches(in, FIELDS, fields::bring);
    highest.forEach(numbers::skip);
    some(
        ids,
        batch -> tickets.byIds(batch, false).forEach(ticket -> events.publish(ticket, "restored")));
    transactions.afterCommit(registry::refresh);
  }

  private static void note(List<Map<String, Object>> rows, Map<String, Long> highest) {
    for (Map<String, Object> row : rows) {
      if (row.get("id") instanceof Number id) {
        highest.merge(NumberSeries.IDS, id.longValue(), Math::max);
      }
    }
  }

  private static Map<String, Object> withoutKeys(Map<String, Object> line) {
    Map<String, Object> row = new LinkedHashMap<>(line);
    row.remove("from_key");
    row.remove("to_key");
    return row;
  }

  private void bringBytes(Source in) throws IOException {
    for (String entry : in.entries()) {
      if (!entry.startsWith(BYTES)) {
        continue;
      }
      String digest = entry.substring(BYTES.length());
      try (InputStream bytes = in.open(entry)) {
        AttachmentStore.Kept kept = files.keep(bytes, Long.MAX_VALUE);
        transactions.afterCompletion(committed -> files.release(kept.sha256()));
        if (!kept.sha256().equals(digest)) {
          throw new IOException("the bytes of an attachment are not those of its digest");
        }
      } catch (AttachmentStore.TooLargeException impossible) {
        throw new IOException(impossible);
      }
    }
  }
}
