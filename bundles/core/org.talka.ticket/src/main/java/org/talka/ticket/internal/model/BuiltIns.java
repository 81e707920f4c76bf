/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.Priority;

/** The fields that every ticket has, described as a module describes its own. */
public final class BuiltIns {
  public static final int SUBJECT_MAX = 250;
  public static final int MARKDOWN_MAX = 100_000;

  private static final List<String> LEVELS = words(Priority.Level.values());
  private static final Map<String, FieldDefinition> EDITABLE = new LinkedHashMap<>();

  static {
    add("subject", "text", List.of(), false, true, SUBJECT_MAX);
    add("description", "markdown", List.of(), false, false, MARKDOWN_MAX);
    add("requester", "person", List.of(), false, false, 0);
    add("organisation", "organisation", List.of(), false, false, 0);
    add("impact", "choice", LEVELS, false, false, 0);
    add("urgency", "choice", LEVELS, false, false, 0);
    add("priority", "choice", words(Priority.values()), false, false, 0);
    add("team", "team", List.of(), false, false, 0);
    add("assignee", "person", List.of(), false, false, 0);
    add("tags", "text", List.of(), true, false, 40);
  }

  /** What the desk itself keeps; nobody assigns it. */
  private static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "key",
          "type",
          "state",
          "stateCategory",
          "workflow",
          "module",
          "moduleMissing",
          "priorityOverridden",
          "descriptionHtml",
          "watchers",
          "can",
          "createdAt",
          "updatedAt",
          "resolvedAt",
          "version");

  private BuiltIns() {}

  public static Optional<FieldDefinition> editable(String field) {
    return Optional.ofNullable(EDITABLE.get(field));
  }

  public static List<FieldDefinition> all() {
    return List.copyOf(EDITABLE.values());
  }

  public static boolean readOnly(String field) {
    return READ_ONLY.contains(field);
  }

  /** Whether the desk knows the name, so that no module's field may take it. */
  public static boolean has(String field) {
    return EDITABLE.containsKey(field) || READ_ONLY.contains(field);
  }

  private static void add(
      String key, String type, List<String> options, boolean multiple, boolean required, long max) {
    EDITABLE.put(
        key,
        new FieldDefinition(
            key, type, List.of(), options, multiple, required, true, "all", false, max));
  }

  private static List<String> words(Enum<?>[] constants) {
    return Stream.of(constants).map(Words::of).toList();
  }
}
