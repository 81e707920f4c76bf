/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named values as one text, a line each, sorted by name: what is compared, kept as history and
 * restored is the same text on every database. Names hold no {@code =}.
 */
public final class FieldText {
  private FieldText() {}

  public static String write(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> text.append(name).append('=').append(escaped(value)).append('\n'));
    // Derby and PostgreSQL keep an empty text as it is, yet one line is easier to look at
    return text.toString();
  }

  public static SortedMap<String, String> read(String text) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), plain(line.substring(equals + 1)));
      }
    }
    return Collections.unmodifiableSortedMap(values);
  }

  /** Several texts as one, in their order. */
  public static String join(List<String> parts) {
    return String.join("\n", parts.stream().map(FieldText::escaped).toList());
  }

  public static List<String> split(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split("\n", -1)) {
      parts.add(plain(part));
    }
    return List.copyOf(parts);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String plain(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        value.append(c);
        continue;
      }
      char next = text.charAt(++i);
      value.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
    }
    return value.toString();
  }
}
