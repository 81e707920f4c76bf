/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes SQL apart into words in lower case, names in quotation marks as they are, and single signs.
 * Texts become {@code ''}, comments and space go. What Derby and PostgreSQL read differently, or
 * what could hide a word, is refused: nested comments, dollar quotes, escaped texts and names.
 */
final class SqlTokens {
  private final String sql;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  /**
   * @throws IllegalArgumentException with the spelling that is refused
   */
  static List<String> of(String sql) {
    return new SqlTokens(sql).read();
  }

  private List<String> read() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        lineComment();
      } else if (sql.startsWith("/*", at)) {
        comment();
      } else if (c == '\'') {
        quoted('\'');
        tokens.add("''");
      } else if (c == '"') {
        tokens.add(quoted('"'));
      } else if (isWord(c)) {
        word();
      } else if (c == '$' || c == '\\' || c == '`') {
        throw new IllegalArgumentException(String.valueOf(c));
      } else {
        tokens.add(String.valueOf(c));
        at++;
      }
    }
    return tokens;
  }

  /** Both databases end it at a carriage return as well. */
  private void lineComment() {
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
  }

  private void comment() {
    int close = sql.indexOf("*/", at + 2);
    int again = sql.indexOf("/*", at + 2);
    if (close < 0 || again >= 0 && again < close) {
      throw new IllegalArgumentException("/*");
    }
    at = close + 2;
  }

  private String quoted(char mark) {
    int start = at;
    at++;
    while (true) {
      int close = sql.indexOf(mark, at);
      if (close < 0) {
        throw new IllegalArgumentException(String.valueOf(mark));
      }
      at = close + 1;
      if (at >= sql.length() || sql.charAt(at) != mark) {
        return sql.substring(start, at);
      }
      at++;
    }
  }

  private void word() {
    int start = at;
    while (at < sql.length() && isWord(sql.charAt(at))) {
      at++;
    }
    String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
    // E'…' and U&"…" spell signs by numbers
    boolean escapes =
        word.equals("e") && sql.startsWith("'", at)
            || word.equals("u") && (sql.startsWith("&'", at) || sql.startsWith("&\"", at));
    if (escapes) {
      throw new IllegalArgumentException(sql.substring(start, at + 1));
    }
    tokens.add(word);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
