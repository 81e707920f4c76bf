/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements as they are written.
 *
 * @param dbms the only database it is for; empty for both
 */
record SqlChange(String text, String dbms) implements Change {
  @Override
  public String summary() {
    List<String> all = split(text);
    String first = all.isEmpty() ? "" : all.get(0).replaceAll("\\s+", " ");
    return "run " + (first.length() > 80 ? first.substring(0, 79) + "…" : first);
  }

  @Override
  public boolean takesAway() {
    return false;
  }

  @Override
  public List<String> statements(Dialect dialect) {
    return dbms.isEmpty() || dbms.equals(dialect.key()) ? split(text) : List.of();
  }

  @Override
  public Optional<List<String>> undo(Dialect dialect) {
    return Optional.empty();
  }

  /** A statement ends with the text or with a semicolon at the end of a line. */
  private static List<String> split(String text) {
    List<String> statements = new ArrayList<>();
    for (String part : text.split(";\\s*(\\r?\\n|$)")) {
      if (!part.isBlank()) {
        statements.add(part.strip());
      }
    }
    return statements;
  }
}
