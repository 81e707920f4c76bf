/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.Tables;

/** {@link Tables} by JDBC and what it says of the schema. */
public final class DatabaseTables implements Tables {
  private static final int BATCH = 500;

  private final ThreadTransactions transactions;
  private final Creation creation;

  /** Runs a changelog. */
  public interface Creation {
    MigrationOutcome migrate(String unit, byte[] changelog, boolean contract);
  }

  public DatabaseTables(ThreadTransactions transactions, Creation creation) {
    this.transactions = transactions;
    this.creation = creation;
  }

  /** Work on a connection. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inside(Work<T> work) {
    return transactions.required(
        () -> {
          try {
            return work.on(transactions.current().connection());
          } catch (SQLException e) {
            throw Failures.translate(e);
          }
        });
  }

  @Override
  public List<String> beginning(String prefix, Collection<String> except) {
    return inside(connection -> names(connection, prefix, except, "TABLE"));
  }

  private static List<String> names(
      Connection connection, String prefix, Collection<String> except, String kind)
      throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), null, new String[] {kind})) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (name.startsWith(prefix) && except.stream().noneMatch(name::startsWith)) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public long count(String table, Condition where) {
    return inside(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select count(*) from " + name(table) + " where " + where.sql())) {
            bind(query, 1, where.values());
            try (ResultSet result = query.executeQuery()) {
              result.next();
              return result.getLong(1);
            }
          }
        });
  }

  @Override
  public void read(String table, Condition where, Consumer<Map<String, Object>> row) {
    List<String> key = inside(connection -> key(connection, table));
    if (key.isEmpty()) {
      // there is no place to go on from, so it is one look, but never all rows at once
      inside(
          connection -> {
            each(connection, table, where, List.of(), 0, row);
            return null;
          });
      return;
    }
    Map<String, Object> last = null;
    while (true) {
      Condition page = last == null ? where : after(where, key, last);
      List<Map<String, Object>> batch =
          inside(connection -> rows(connection, table, page, key, BATCH));
      batch.forEach(row);
      if (batch.size() < BATCH) {
        return;
      }
      last = batch.get(batch.size() - 1);
    }
  }

  @Override
  public List<Map<String, Object>> first(String table, Condition where, int most) {
    return inside(
        connection -> rows(connection, table, where, key(connection, table), Math.max(1, most)));
  }

  /** Where the page after begins: one branch for each column of the key. */
  private static Condition after(Condition where, List<String> key, Map<String, Object> last) {
    StringBuilder sql = new StringBuilder("(").append(where.sql()).append(") and (");
    List<Object> values = new ArrayList<>(where.values());
    for (int i = 0; i < key.size(); i++) {
      sql.append(i == 0 ? "(" : " or (");
      for (int j = 0; j < i; j++) {
        sql.append(key.get(j)).append(" = ? and ");
        values.add(last.get(key.get(j)));
      }
      sql.append(key.get(i)).append(" > ?)");
      values.add(last.get(key.get(i)));
    }
    return new Condition(sql.append(')').toString(), values);
  }

  private static List<Map<String, Object>> rows(
      Connection connection, String table, Condition where, List<String> key, int most)
      throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    each(connection, table, where, key, most, rows::add);
    return rows;
  }

  /**
   * @param most 0 for all
   */
  private static void each(
      Connection connection,
      String table,
      Condition where,
      List<String> key,
      int most,
      Consumer<Map<String, Object>> taker)
      throws SQLException {
    String sql =
        "select * from "
            + name(table)
            + " where "
            + where.sql()
            + (key.isEmpty() ? "" : " order by " + String.join(", ", key))
            + (most == 0 ? "" : " fetch first " + most + " rows only");
    Map<String, Integer> types = key.isEmpty() ? Map.of() : types(connection, table);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setFetchSize(BATCH);
      for (int i = 0; i < where.values().size(); i++) {
        bindKey(query, i + 1, where.values().get(i), types);
      }
      try (ResultSet result = query.executeQuery()) {
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(
                columns.getColumnName(i).toLowerCase(Locale.ROOT),
                value(result, i, columns.getColumnType(i)));
          }
          taker.accept(row);
        }
      }
    }
  }

  /** A time in a key comes back as it was read: as text. */
  private static void bindKey(
      PreparedStatement query, int at, Object value, Map<String, Integer> types)
      throws SQLException {
    boolean times = types.containsValue(Types.TIMESTAMP);
    if (times && value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT\\d.*")) {
      query.setTimestamp(at, Timestamp.valueOf(LocalDateTime.parse(text)));
    } else {
      query.setObject(at, value);
    }
  }

  private static Object value(ResultSet result, int at, int type) throws SQLException {
    Object value =
        switch (type) {
          case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.TINYINT -> result.getLong(at);
          case Types.BOOLEAN, Types.BIT -> result.getBoolean(at);
          case Types.DOUBLE, Types.FLOAT, Types.REAL -> result.getDouble(at);
          case Types.DECIMAL, Types.NUMERIC -> result.getBigDecimal(at);
          case Types.TIMESTAMP -> {
            Timestamp time = result.getTimestamp(at);
            yield time == null ? null : time.toLocalDateTime().toString();
          }
          case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
            byte[] bytes = result.getBytes(at);
            yield bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
          }
          default -> result.getString(at);
        };
    return result.wasNull() ? null : value;
  }

  @Override
  public void insert(String table, List<Map<String, Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    inside(
        connection -> {
          Map<String, Integer> types = types(connection, table);
          List<String> columns = List.copyOf(rows.get(0).keySet());
          known(table, columns, types);
          String sql =
              "insert into "
                  + name(table)
                  + " ("
                  + String.join(", ", columns)
                  + ") values ("
                  + String.join(", ", java.util.Collections.nCopies(columns.size(), "?"))
                  + ")";
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int waiting = 0;
            for (Map<String, Object> row : rows) {
              for (int i = 0; i < columns.size(); i++) {
                set(insert, i + 1, row.get(columns.get(i)), types.get(columns.get(i)));
              }
              insert.addBatch();
              if (++waiting % BATCH == 0) {
                insert.executeBatch();
              }
            }
            insert.executeBatch();
          }
          return null;
        });
  }

  private static void known(String table, Collection<String> columns, Map<String, Integer> types) {
    for (String column : columns) {
      if (!types.containsKey(column)) {
        throw new IllegalArgumentException("table " + table + " has no column " + column);
      }
    }
  }

  private static void set(PreparedStatement statement, int at, Object value, int type)
      throws SQLException {
    if (value == null) {
      statement.setNull(at, type);
      return;
    }
    switch (type) {
      case Types.SMALLINT, Types.INTEGER, Types.TINYINT ->
          statement.setInt(at, ((Number) value).intValue());
      case Types.BIGINT -> statement.setLong(at, ((Number) value).longValue());
      case Types.BOOLEAN, Types.BIT -> statement.setBoolean(at, (Boolean) value);
      case Types.DOUBLE, Types.FLOAT, Types.REAL ->
          statement.setDouble(at, ((Number) value).doubleValue());
      case Types.DECIMAL, Types.NUMERIC ->
          statement.setBigDecimal(at, new BigDecimal(value.toString()));
      case Types.TIMESTAMP ->
          statement.setTimestamp(at, Timestamp.valueOf(LocalDateTime.parse((String) value)));
      case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
          statement.setBytes(at, Base64.getDecoder().decode((String) value));
      default -> statement.setString(at, value.toString());
    }
  }

  @Override
  public int delete(String table, Condition where) {
    return inside(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from " + name(table) + " where " + where.sql())) {
            bind(delete, 1, where.values());
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public int update(String table, Map<String, Object> values, Condition where) {
    return inside(
        connection -> {
          Map<String, Integer> types = types(connection, table);
          known(table, values.keySet(), types);
          List<String> columns = List.copyOf(values.keySet());
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update "
                      + name(table)
                      + " set "
                      + String.join(" = ?, ", columns)
                      + " = ? where "
                      + where.sql())) {
            for (int i = 0; i < columns.size(); i++) {
              set(update, i + 1, values.get(columns.get(i)), types.get(columns.get(i)));
            }
            bind(update, columns.size() + 1, where.values());
            return update.executeUpdate();
          }
        });
  }

  private static void bind(PreparedStatement statement, int from, List<?> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(from + i, values.get(i));
    }
  }

  private static Map<String, Integer> types(Connection connection, String table)
      throws SQLException {
    Map<String, Integer> types = new LinkedHashMap<>();
    DatabaseMetaData meta = connection.getMetaData();
    try (ResultSet columns =
        meta.getColumns(null, connection.getSchema(), spelled(meta, table), null)) {
      while (columns.next()) {
        // the name is a pattern, in which an underscore stands for anything
        if (columns.getString("TABLE_NAME").equalsIgnoreCase(table)) {
          types.put(
              columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
              columns.getInt("DATA_TYPE"));
        }
      }
    }
    if (types.isEmpty()) {
      throw new IllegalArgumentException("no table " + table);
    }
    return types;
  }

  private static List<String> key(Connection connection, String table) throws SQLException {
    Map<Integer, String> key = new TreeMap<>();
    DatabaseMetaData meta = connection.getMetaData();
    try (ResultSet columns =
        meta.getPrimaryKeys(null, connection.getSchema(), spelled(meta, table))) {
      while (columns.next()) {
        key.put(
            columns.getInt("KEY_SEQ"), columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(key.values());
  }

  private static String spelled(DatabaseMetaData meta, String table) throws SQLException {
    return meta.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
  }

  /** Nothing but a plain name goes into a statement. */
  private static String name(String table) {
    if (!table.matches("[a-z][a-z0-9_]{0,127}")) {
      throw new IllegalArgumentException("no name of a table: " + table);
    }
    return table;
  }

  @Override
  public List<String> changeSets(String unit) {
    return inside(
        connection -> {
          if (names(connection, "talka_changeset", List.of(), "TABLE").isEmpty()) {
            return List.of();
          }
          List<String> ids = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select id from talka_changeset where unit = ? order by position")) {
            query.setString(1, unit);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                ids.add(rows.getString(1));
              }
            }
          }
          return List.copyOf(ids);
        });
  }

  @Override
  public void drop(String unit, String prefix, Collection<String> except) {
    inside(
        connection -> {
          List<String> tables = names(connection, prefix, except, "TABLE");
          try (Statement statement = connection.createStatement()) {
            for (String view : names(connection, prefix, except, "VIEW")) {
              statement.execute("drop view " + name(view));
            }
            for (String table : tables) {
              for (String constraint : foreignKeys(connection, table)) {
                statement.execute("alter table " + name(table) + " drop constraint " + constraint);
              }
            }
            for (String table : tables) {
              statement.execute("drop table " + name(table));
            }
            for (String sequence : sequences(connection, prefix, except)) {
              statement.execute(
                  "drop sequence " + name(sequence) + (isDerby(connection) ? " restrict" : ""));
            }
          }
          if (!names(connection, "talka_changeset", List.of(), "TABLE").isEmpty()) {
            try (PreparedStatement forget =
                connection.prepareStatement("delete from talka_changeset where unit = ?")) {
              forget.setString(1, unit);
              forget.executeUpdate();
            }
          }
          return null;
        });
  }

  private static boolean isDerby(Connection connection) throws SQLException {
    return connection.getMetaData().storesUpperCaseIdentifiers();
  }

  private static List<String> foreignKeys(Connection connection, String table) throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    DatabaseMetaData meta = connection.getMetaData();
    try (ResultSet keys =
        meta.getImportedKeys(null, connection.getSchema(), spelled(meta, table))) {
      while (keys.next()) {
        names.add("\"" + keys.getString("FK_NAME").replace("\"", "\"\"") + "\"");
      }
    }
    return List.copyOf(names);
  }

  private static List<String> sequences(
      Connection connection, String prefix, Collection<String> except) throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        isDerby(connection)
            ? "select q.sequencename from sys.syssequences q join sys.sysschemas s"
                + " on s.schemaid = q.schemaid where s.schemaname = ?"
            : "select sequence_name from information_schema.sequences where sequence_schema = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, connection.getSchema());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1).toLowerCase(Locale.ROOT);
          if (name.startsWith(prefix) && except.stream().noneMatch(name::startsWith)) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  @Override
  public MigrationOutcome create(String unit, byte[] changelog, boolean contract) {
    return creation.migrate(unit, changelog, contract);
  }
}
