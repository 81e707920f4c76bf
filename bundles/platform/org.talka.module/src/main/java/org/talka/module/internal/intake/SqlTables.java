/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a module's own SQL names that is not its own. No SQL parser: it knows where the name
 * of a table, an index or a sequence can stand, and refuses whatever it doesn't know. A false alarm
 * costs the author another spelling; a table of the desk that is dropped costs the desk.
 */
final class SqlTables {
  private static final Set<String> BEGINNINGS =
      Set.of("insert", "update", "delete", "merge", "create", "alter", "drop");
  private static final Set<String> SCHEMA_BEGINNINGS = Set.of("create", "alter", "drop");
  private static final Set<String> SCHEMA_OBJECTS =
      Set.of("table", "index", "sequence", "view", "unique");
  private static final Set<String> BEFORE_A_NAME =
      Set.of("from", "join", "into", "table", "references", "using");
  private static final Set<String> BEFORE_A_NAME_OF_THE_SCHEMA =
      Set.of("index", "sequence", "view");
  private static final Set<String> BETWEEN = Set.of("if", "not", "exists", "only", "lateral");
  private static final Set<String> SUBQUERIES = Set.of("select", "values");
  private static final Set<String> ENDS_OF_FROM =
      Set.of(
          "where",
          "group",
          "order",
          "having",
          "union",
          "except",
          "intersect",
          "fetch",
          "offset",
          "limit",
          "set",
          "values",
          "returning",
          "when");
  private static final Set<String> INDEX_METHODS = Set.of("btree", "hash", "gin", "gist", "brin");

  /** What reaches beyond the statement: files, other sessions, SQL in a text, system tables. */
  private static final List<String> REACHES_OUT =
      List.of(
          "pg_",
          "syscs_",
          "sysibm",
          "information_schema",
          "dblink",
          "lo_",
          "set_config",
          "nextval",
          "setval",
          "currval",
          "query_to_xml",
          "table_to_xml",
          "schema_to_xml",
          "cursor_to_xml",
          "database_to_xml");

  private final String prefix;
  private final List<String> foreign = new ArrayList<>();

  private SqlTables(String prefix) {
    this.prefix = prefix;
  }

  /**
   * What is wrong with it.
   *
   * @param table a name that does not begin with the module's prefix
   * @param word what a module's SQL may not hold at all
   */
  record Finding(Optional<String> table, Optional<String> word) {
    private static Finding table(String name) {
      return new Finding(Optional.of(name), Optional.empty());
    }

    private static Finding word(String word) {
      return new Finding(Optional.empty(), Optional.of(word));
    }
  }

  static Optional<Finding> check(String sql, String prefix) {
    List<String> tokens;
    try {
      tokens = SqlTokens.of(sql);
    } catch (IllegalArgumentException odd) {
      return Optional.of(Finding.word(odd.getMessage()));
    }
    List<String> statement = new ArrayList<>();
    for (String token : tokens) {
      if (token.equals(";")) {
        Optional<Finding> finding = new SqlTables(prefix).statement(statement);
        if (finding.isPresent()) {
          return finding;
        }
        statement.clear();
      } else {
        statement.add(token);
      }
    }
    return new SqlTables(prefix).statement(statement);
  }

  private Optional<Finding> statement(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> odd = forbidden(words);
    if (odd.isPresent()) {
      return odd.map(Finding::word);
    }
    names(words);
    return foreign.stream().findFirst().map(Finding::table);
  }

  private static Optional<String> forbidden(List<String> words) {
    String first = words.get(0);
    if (!BEGINNINGS.contains(first)) {
      return Optional.of(first);
    }
    if (SCHEMA_BEGINNINGS.contains(first)
        && (words.size() < 2 || !SCHEMA_OBJECTS.contains(words.get(1)))) {
      return Optional.of(words.size() < 2 ? first : first + " " + words.get(1));
    }
    return words.stream()
        .map(SqlTables::unquoted)
        .filter(word -> REACHES_OUT.stream().anyMatch(word::startsWith))
        .findFirst();
  }

  private void names(List<String> words) {
    boolean index = words.contains("index") && SCHEMA_BEGINNINGS.contains(words.get(0));
    Deque<Boolean> inFrom = new ArrayDeque<>(List.of(false));
    boolean expected = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String before = i == 0 ? "" : words.get(i - 1);
      String after = i + 1 < words.size() ? words.get(i + 1) : "";
      if (word.equals("(")) {
        // a name in parentheses is a name all the same; the columns of a USING are none
        expected &= !before.equals("using");
        inFrom.push(expected);
      } else if (word.equals(")")) {
        inFrom.pop();
        if (inFrom.isEmpty()) {
          inFrom.push(false);
        }
        expected = false;
      } else if (word.equals(",")) {
        expected = inFrom.peek() || words.get(0).equals("drop");
      } else if (expected && !BETWEEN.contains(word)) {
        expected = false;
        if (SUBQUERIES.contains(word)) {
          inFrom.pop();
          inFrom.push(false);
        } else if (!(index && before.equals("using") && INDEX_METHODS.contains(word))) {
          name(word, after);
        }
      } else if (!expected) {
        expected = comesAName(word, before, after, index, words.get(0));
        if (word.equals("from") && expected) {
          inFrom.pop();
          inFrom.push(true);
        } else if (ENDS_OF_FROM.contains(word)) {
          inFrom.pop();
          inFrom.push(false);
        }
      }
    }
  }

  private static boolean comesAName(
      String word, String before, String after, boolean index, String first) {
    return switch (word) {
      case "update" ->
          before.isEmpty() || !after.equals("set") && !Set.of("on", "for").contains(before);
      case "from" -> !before.equals("distinct");
      case "on" -> index;
      case "for" -> before.equals("value");
      case "to" -> before.equals("rename");
      default ->
          BEFORE_A_NAME.contains(word)
              || BEFORE_A_NAME_OF_THE_SCHEMA.contains(word) && SCHEMA_BEGINNINGS.contains(first);
    };
  }

  /** A schema in front of the name would lead out of the module's own just as well. */
  private void name(String word, String after) {
    String name = unquoted(word);
    if (!name.startsWith(prefix) || after.equals(".")) {
      foreign.add(name);
    }
  }

  private static String unquoted(String word) {
    return word.startsWith("\"")
        ? word.substring(1, word.length() - 1).toLowerCase(Locale.ROOT)
        : word;
  }
}
