/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.talka.api.error.DomainException;

/**
 * Reads comma-separated values (RFC 4180), with a semicolon or a tab between them as well:
 * whichever the first line has most of. The first line names the columns.
 */
final class Csv {
  private final String text;
  private final char separator;
  private int at;

  private Csv(String text) {
    this.text = text;
    this.separator = separator(text);
  }

  /**
   * The rows by column; an empty value is absent.
   *
   * @throws DomainException INVALID when the text can't be read
   */
  static List<Map<String, String>> read(String text, int most) {
    return new Csv(text.startsWith("\uFEFF") ? text.substring(1) : text).rows(most);
  }

  private static char separator(String text) {
    String first = text.lines().findFirst().orElse("");
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(first, candidate) > count(first, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String line, char c) {
    return line.chars().filter(found -> found == c).count();
  }

  private List<Map<String, String>> rows(int most) {
    List<String> header = new ArrayList<>();
    List<Map<String, String>> rows = new ArrayList<>();
    while (at < text.length()) {
      List<String> line = line();
      if (line.stream().allMatch(String::isBlank)) {
        continue;
      }
      if (header.isEmpty()) {
        line.forEach(name -> header.add(name.strip()));
        if (header.stream().distinct().count() < header.size()) {
          throw DomainException.invalid("text", "error.cmdb.csv.header");
        }
        continue;
      }
      if (line.size() > header.size()) {
        throw DomainException.invalid("text", "error.cmdb.csv.row", "row", rows.size() + 1);
      }
      if (rows.size() == most) {
        throw DomainException.invalid("text", "error.cmdb.many", "max", most);
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < line.size(); i++) {
        if (!line.get(i).isBlank()) {
          row.put(header.get(i), line.get(i).strip());
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private List<String> line() {
    List<String> values = new ArrayList<>();
    while (true) {
      values.add(value());
      if (at >= text.length()) {
        return values;
      }
      char c = text.charAt(at++);
      if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      if (c != separator) {
        return values;
      }
    }
  }

  private String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length() && !ends(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    int began = at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        value.append('"');
        at++;
      } else {
        // blanks between a quote and the separator are nobody's
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        if (at < text.length() && !ends(text.charAt(at))) {
          throw DomainException.invalid("text", "error.cmdb.csv.quote", "position", began + 1);
        }
        return value.toString();
      }
    }
    throw DomainException.invalid("text", "error.cmdb.csv.quote", "position", began + 1);
  }

  private boolean ends(char c) {
    return c == separator || c == '\n' || c == '\r';
  }
}
