/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.talka.api.error.DomainException;

/** Takes rows as they are read, in the order of the columns, and bounds them. */
final class RowSink {
  private static final int MOST_COLUMNS = 200;

  /** Longer than any field; a quotation mark that never ends is noticed by it. */
  private static final int LONGEST = 10_000;

  private final int most;
  private final Consumer<List<String>> rows;
  private final List<String> columns = new ArrayList<>();
  private int count;

  /**
   * @param most rows, beyond which it is refused
   */
  RowSink(int most, Consumer<List<String>> rows) {
    this.most = most;
    this.rows = rows;
  }

  /** Rows by column; an empty value is absent. */
  static RowSink into(List<Map<String, String>> named, int most) {
    RowSink[] self = new RowSink[1];
    self[0] = new RowSink(most, values -> named.add(named(self[0].columns, values)));
    return self[0];
  }

  static Map<String, String> named(List<String> columns, List<String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isEmpty()) {
        row.put(columns.get(i), values.get(i));
      }
    }
    return row;
  }

  List<String> columns() {
    return List.copyOf(columns);
  }

  int count() {
    return count;
  }

  void columns(List<String> names) {
    requireColumns(names.size());
    columns.addAll(names);
  }

  /** The place of a column, which is added if there was none of that name. */
  int column(String name) {
    int at = columns.indexOf(name);
    if (at < 0) {
      columns.add(name);
      requireColumns(columns.size());
      at = columns.size() - 1;
    }
    return at;
  }

  void row(List<String> values) {
    if (values.size() > columns.size()) {
      throw DomainException.invalid("text", "error.cmdb.csv.row", "row", count + 1);
    }
    if (count == most) {
      throw DomainException.invalid("text", "error.cmdb.many", "max", most);
    }
    count++;
    rows.accept(values);
  }

  void requireColumns(int number) {
    if (number > MOST_COLUMNS) {
      throw DomainException.invalid("text", "error.cmdb.file.columns", "max", MOST_COLUMNS);
    }
  }

  void requireLength(int length) {
    if (length > LONGEST) {
      throw DomainException.invalid(
          "text", "error.cmdb.file.value", "row", count + 1, "max", LONGEST);
    }
  }
}
