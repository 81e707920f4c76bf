/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a bundle manifest's header: {@code path;path;attribute=value;directive:=value}
 * (OSGi Core, 3.2.3). Types of attributes ({@code a:List<String>=…}) are dropped.
 */
public record ManifestClause(
    List<String> paths, Map<String, String> attributes, Map<String, String> directives) {
  public ManifestClause {
    paths = List.copyOf(paths);
    attributes = Map.copyOf(attributes);
    directives = Map.copyOf(directives);
  }

  /**
   * @throws IllegalArgumentException if a quotation does not end or a clause has no path
   */
  public static List<ManifestClause> parse(String header) {
    if (header == null || header.isBlank()) {
      return List.of();
    }
    List<ManifestClause> clauses = new ArrayList<>();
    for (String clause : split(header, ',')) {
      clauses.add(clause(clause));
    }
    return List.copyOf(clauses);
  }

  private static ManifestClause clause(String text) {
    List<String> paths = new ArrayList<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, String> directives = new LinkedHashMap<>();
    for (String part : split(text, ';')) {
      int equals = unquoted(part, '=');
      if (equals < 0) {
        paths.add(part.strip());
      } else if (equals > 0 && part.charAt(equals - 1) == ':') {
        directives.put(part.substring(0, equals - 1).strip(), value(part, equals));
      } else {
        String name = part.substring(0, equals).strip();
        int type = name.indexOf(':');
        attributes.put(type < 0 ? name : name.substring(0, type), value(part, equals));
      }
    }
    if (paths.isEmpty() || paths.contains("")) {
      throw new IllegalArgumentException("A clause without a name: " + text);
    }
    return new ManifestClause(paths, attributes, directives);
  }

  private static String value(String part, int equals) {
    String value = part.substring(equals + 1).strip();
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int at;
    while ((at = unquoted(text.substring(start), separator)) >= 0) {
      parts.add(text.substring(start, start + at));
      start += at + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** Where the character stands outside of quotation marks, or -1. */
  private static int unquoted(String text, char wanted) {
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && inside) {
        i++;
      } else if (c == '"') {
        inside = !inside;
      } else if (c == wanted && !inside) {
        return i;
      }
    }
    if (inside) {
      throw new IllegalArgumentException("A quotation that does not end: " + text);
    }
    return -1;
  }
}
