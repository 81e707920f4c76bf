/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;

/** Reads the clauses of OSGi manifest headers (OSGi Core 8, 3.2.4). */
final class ManifestRules {
  private ManifestRules() {}

  /** Paths of a header and what follows each, in order. */
  static Map<String, String> clauses(Attributes attributes, String header) {
    Map<String, String> clauses = new TreeMap<>();
    String value = attributes.getValue(header);
    if (value == null) {
      return clauses;
    }
    for (String clause : split(value, ',')) {
      List<String> parts = split(clause, ';');
      clauses.put(parts.get(0).trim(), String.join(";", parts.subList(1, parts.size())));
    }
    return clauses;
  }

  /** Splits outside quotes. */
  private static List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (char c : value.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      }
      if (c == separator && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
