/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.talka.api.security.Caller;
import org.talka.api.ticket.FieldDefinition;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.type.TicketType;

/**
 * Puts given values into a draft, as far as whoever gives them may, and collects what is wrong.
 *
 * @param client whether they come from a client, which can't set what only code sets
 * @param only the fields that may be set; all when absent
 */
public record Assignment(
    FieldValues values,
    TicketType type,
    Caller caller,
    boolean client,
    Optional<Set<String>> only,
    Predicate<String> ticketExists) {

  /** Sets every value, given by name or under {@code fields}. */
  public void apply(TicketDraft draft, Map<String, Object> given, Refusals refusals) {
    Map<String, Object> flat = new LinkedHashMap<>();
    Map<String, String> paths = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (name.equals("fields") && value instanceof Map<?, ?> own) {
            own.forEach(
                (key, v) -> {
                  flat.put(String.valueOf(key), v);
                  paths.put(String.valueOf(key), "fields." + key);
                });
          } else {
            flat.put(name, value);
            paths.putIfAbsent(name, name);
          }
        });
    // the priority last: setting impact or urgency beside it must not undo it
    flat.forEach(
        (name, value) -> {
          if (!name.equals("priority")) {
            set(draft, name, paths.get(name), value, refusals);
          }
        });
    if (flat.containsKey("priority")) {
      set(draft, "priority", paths.get("priority"), flat.get("priority"), refusals);
    }
  }

  private void set(TicketDraft draft, String name, String path, Object value, Refusals refusals) {
    Optional<FieldDefinition> field = type.field(name).filter(this::visible);
    if (field.isEmpty() || path.startsWith("fields.") && BuiltIns.has(name)) {
      boolean readOnly = BuiltIns.readOnly(name) && !path.startsWith("fields.");
      refusals.add(
          shown(path), readOnly ? "error.ticket.field.read-only" : "error.ticket.field.unknown");
      return;
    }
    if (only.isPresent() && !only.get().contains(name)) {
      refusals.add(path, "error.ticket.field.not-allowed");
      return;
    }
    if (type.retiredFields().contains(name)) {
      refusals.add(path, "error.ticket.field.retired");
      return;
    }
    if (client && field.get().readOnly()) {
      refusals.add(path, "error.ticket.field.read-only");
      return;
    }
    if (!BuiltIns.has(name) && !type.editable().contains(name)) {
      refusals.add(path, "error.ticket.field.module-missing");
      return;
    }
    try {
      Optional<Object> read = values.read(field.get(), value, ticketExists);
      Optional<Object> before = draft.get(name);
      draft.set(name, read);
      if (name.equals("priority") && !mayPrioritise(draft, before)) {
        refusals.add(path, "error.ticket.field.priority");
      }
    } catch (RefusedValue e) {
      refusals.add(path, e.reason());
    }
  }

  /** Going against the matrix needs a permission; going back to it does not. */
  private boolean mayPrioritise(TicketDraft draft, Optional<Object> before) {
    boolean changed = !draft.get("priority").equals(before);
    return !draft.priorityOverridden() || !changed || caller.may("ticket:prioritise");
  }

  /** What a caller may not see does not exist for it. */
  private boolean visible(FieldDefinition field) {
    return field.audience().equals("all") || !client || caller.may("ticket:note");
  }

  /** A name that a client made up is repeated shortened. */
  private static String shown(String path) {
    return path.length() > 80 ? path.substring(0, 80) : path;
  }

  /**
   * Fields that a ticket can't be saved without.
   *
   * @param unasked fields that nobody was asked for, see {@link TicketType#unasked}
   */
  public static void required(
      TicketType type,
      TicketDraft draft,
      Optional<Set<String>> only,
      Set<String> unasked,
      Refusals refusals) {
    for (FieldDefinition field : BuiltIns.all()) {
      demand(field, draft, field.key(), refusals);
    }
    for (FieldDefinition field : type.fields().values()) {
      boolean asked =
          (only.isEmpty() || only.get().contains(field.key())) && !unasked.contains(field.key());
      if (asked && type.editable().contains(field.key()) && !field.readOnly()) {
        demand(field, draft, "fields." + field.key(), refusals);
      }
    }
  }

  private static void demand(
      FieldDefinition field, TicketDraft draft, String path, Refusals refusals) {
    boolean refused = refusals.names(path) || refusals.names(field.key());
    if (field.required() && !refused && draft.get(field.key()).isEmpty()) {
      refusals.add(path, "error.ticket.field.required");
    }
  }
}
