/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tables as they are, below all persistence units: for taking the records of a module along when it
 * goes for good, and for bringing them back without the module's code. Names are in lower case.
 * Values are those of JSON: text, {@code Long}, {@code BigDecimal}, {@code Double}, {@code Boolean}
 * or null; a time is its ISO local date and time, bytes are base64. Any thread; blocks on the
 * database and joins the thread's transaction where there is one.
 */
@ProviderType
public interface Tables {
  /**
   * A condition on rows.
   *
   * @param sql what follows {@code where}; never made of what somebody has sent
   * @param values of its question marks
   */
  record Condition(String sql, List<?> values) {
    public static final Condition ALL = new Condition("1=1", List.of());

    public Condition {
      values = List.copyOf(values);
    }

    /** Rows whose column has this value. */
    public static Condition is(String column, Object value) {
      return new Condition(column + " = ?", List.of(value));
    }

    /** Rows whose column has one of these values; none when there are none. */
    public static Condition in(String column, Collection<?> values) {
      return values.isEmpty()
          ? new Condition("1=0", List.of())
          : new Condition(
              column
                  + " in ("
                  + String.join(",", java.util.Collections.nCopies(values.size(), "?"))
                  + ")",
              List.copyOf(values));
    }
  }

  /**
   * The tables whose names begin so.
   *
   * @param except longer beginnings of somebody else's
   */
  List<String> beginning(String prefix, Collection<String> except);

  long count(String table, Condition where);

  /**
   * Passes on every row in the order of the primary key. Reads some at a time and holds no
   * transaction between, so that a large table keeps nobody waiting; only one without a key is read
   * in one transaction.
   */
  void read(String table, Condition where, Consumer<Map<String, Object>> row);

  /**
   * At most so many rows, in the order of the primary key.
   *
   * @param most at least 1
   */
  List<Map<String, Object>> first(String table, Condition where, int most);

  /** Writes rows as {@link #read} gave them. */
  void insert(String table, List<Map<String, Object>> rows);

  /** Returns how many went. */
  int delete(String table, Condition where);

  /**
   * Changes columns of rows.
   *
   * @param values the new ones by column
   * @return how many were changed
   */
  int update(String table, Map<String, Object> values, Condition where);

  /** Ids of the unit's change sets that have run here, in order. */
  List<String> changeSets(String unit);

  /**
   * Drops the tables, views and sequences whose names begin so and forgets that the unit's change
   * sets have run, all in one transaction. Does nothing where nothing is.
   *
   * @param except longer beginnings of somebody else's
   */
  void drop(String unit, String prefix, Collection<String> except);

  /**
   * Makes a unit's tables as its changelog says, without the bundle.
   *
   * @param contract whether to run the contract change sets as well
   */
  MigrationOutcome create(String unit, byte[] changelog, boolean contract);
}
