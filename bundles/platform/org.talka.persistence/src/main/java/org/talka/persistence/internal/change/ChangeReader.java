/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** Turns one element of a change set into a change. */
final class ChangeReader {
  private ChangeReader() {}

  static Change read(Element element) {
    return switch (element.getLocalName()) {
      case "createTable" -> createTable(element);
      case "addColumn" -> addColumn(element);
      case "addPrimaryKey" -> addPrimaryKey(element);
      case "addUniqueConstraint" -> addUniqueConstraint(element);
      case "addForeignKeyConstraint" -> addForeignKey(element);
      case "createIndex" -> createIndex(element);
      case "createSequence" -> createSequence(element);
      case "sql" -> sql(element);
      case "dropNotNullConstraint" -> dropNotNull(element);
      case "dropIndex" -> dropIndex(element);
      case "dropUniqueConstraint" -> dropConstraint(element, "tableName", "unique constraint");
      case "dropForeignKeyConstraint" -> dropConstraint(element, "baseTableName", "foreign key");
      case "dropPrimaryKey" -> dropPrimaryKey(element);
      case "dropTable" -> dropTable(element);
      case "dropColumn" -> dropColumn(element);
      case "dropSequence" -> dropSequence(element);
      case "renameTable" -> renameTable(element);
      case "renameColumn" -> renameColumn(element);
      case "addNotNullConstraint" -> addNotNull(element);
      default ->
          throw new IllegalArgumentException("<" + element.getLocalName() + "> is not supported");
    };
  }

  static SqlChange sql(Element element) {
    ChangeElement read =
        new ChangeElement(element, Set.of("dbms", "splitStatements", "endDelimiter"));
    String dbms = read.optional("dbms");
    if (!dbms.isEmpty()
        && !dbms.equals(Dialect.DERBY.key())
        && !dbms.equals(Dialect.POSTGRESQL.key())) {
      throw new IllegalArgumentException("dbms is derby or postgresql, not \"" + dbms + "\"");
    }
    return new SqlChange(read.text(), dbms);
  }

  private static Change createTable(Element element) {
    String table = new ChangeElement(element, Set.of("tableName", "remarks")).name("tableName");
    List<ColumnDefinition> columns = columns(element);
    return SchemaChange.adds(
        "create table " + table,
        dialect -> List.of(createTable(dialect, table, columns)),
        dialect -> List.of("DROP TABLE " + table));
  }

  private static String createTable(Dialect dialect, String table, List<ColumnDefinition> columns) {
    List<String> parts = new ArrayList<>();
    columns.forEach(column -> parts.add(column.sql(dialect)));
    String key =
        columns.stream()
            .filter(ColumnDefinition::primaryKey)
            .map(ColumnDefinition::name)
            .collect(Collectors.joining(", "));
    if (!key.isEmpty()) {
      // a name of our own, so that both databases know the key by the same one
      String name =
          columns.stream()
              .map(ColumnDefinition::primaryKeyName)
              .filter(given -> !given.isEmpty())
              .findFirst()
              .orElse(table + "_pk");
      parts.add("CONSTRAINT " + name + " PRIMARY KEY (" + key + ")");
    }
    columns.stream()
        .map(ColumnDefinition::uniqueSql)
        .filter(sql -> !sql.isEmpty())
        .forEach(parts::add);
    return "CREATE TABLE " + table + " (" + String.join(", ", parts) + ")";
  }

  private static List<ColumnDefinition> columns(Element element) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (Element child : ChangeElement.children(element)) {
      if (!child.getLocalName().equals("column")) {
        throw new IllegalArgumentException("<" + element.getLocalName() + "> holds only <column>");
      }
      columns.add(ColumnDefinition.of(child));
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("<" + element.getLocalName() + "> needs a <column>");
    }
    return List.copyOf(columns);
  }

  private static Change addColumn(Element element) {
    String table = new ChangeElement(element, Set.of("tableName")).name("tableName");
    List<ColumnDefinition> columns = columns(element);
    for (ColumnDefinition column : columns) {
      if (!column.nullable() && column.defaultValue().isEmpty()) {
        throw new IllegalArgumentException(
            "a column added to "
                + table
                + " is nullable or has a default, because the rows there are have no value: "
                + column.name());
      }
    }
    String names = columns.stream().map(ColumnDefinition::name).collect(Collectors.joining(", "));
    return SchemaChange.adds(
        "add " + names + " to " + table,
        dialect ->
            columns.stream().flatMap(column -> addColumn(dialect, table, column).stream()).toList(),
        dialect ->
            columns.stream()
                .map(column -> "ALTER TABLE " + table + " DROP COLUMN " + column.name())
                .toList());
  }

  private static List<String> addColumn(Dialect dialect, String table, ColumnDefinition column) {
    List<String> statements = new ArrayList<>();
    statements.add("ALTER TABLE " + table + " ADD COLUMN " + column.sql(dialect));
    if (!column.uniqueSql().isEmpty()) {
      statements.add("ALTER TABLE " + table + " ADD " + column.uniqueSql());
    }
    return statements;
  }

  private static Change addPrimaryKey(Element element) {
    ChangeElement read =
        new ChangeElement(element, Set.of("tableName", "columnNames", "constraintName"));
    String table = read.name("tableName");
    String columns = read.names("columnNames");
    String name =
        read.optional("constraintName").isEmpty() ? table + "_pk" : read.name("constraintName");
    return SchemaChange.adds(
        "primary key of " + table,
        dialect ->
            List.of(
                "ALTER TABLE "
                    + table
                    + " ADD CONSTRAINT "
                    + name
                    + " PRIMARY KEY ("
                    + columns
                    + ")"),
        dialect -> List.of(dialect.dropPrimaryKey(table, name)));
  }

  private static Change addUniqueConstraint(Element element) {
    ChangeElement read =
        new ChangeElement(element, Set.of("tableName", "columnNames", "constraintName"));
    String table = read.name("tableName");
    String columns = read.names("columnNames");
    String name = read.name("constraintName");
    return SchemaChange.adds(
        "unique " + columns + " in " + table,
        dialect ->
            List.of(
                "ALTER TABLE " + table + " ADD CONSTRAINT " + name + " UNIQUE (" + columns + ")"),
        dialect -> List.of("ALTER TABLE " + table + " DROP CONSTRAINT " + name));
  }

  private static Change addForeignKey(Element element) {
    ChangeElement read =
        new ChangeElement(
            element,
            Set.of(
                "constraintName",
                "baseTableName",
                "baseColumnNames",
                "referencedTableName",
                "referencedColumnNames",
                "onDelete"));
    String table = read.name("baseTableName");
    String name = read.name("constraintName");
    String columns = read.names("baseColumnNames");
    String target = read.name("referencedTableName");
    String targetColumns = read.names("referencedColumnNames");
    String onDelete = read.optional("onDelete");
    if (!Set.of("", "CASCADE", "SET NULL", "RESTRICT", "NO ACTION").contains(onDelete)) {
      throw new IllegalArgumentException("onDelete is CASCADE, SET NULL, RESTRICT or NO ACTION");
    }
    return SchemaChange.adds(
        "foreign key " + table + " to " + target,
        dialect ->
            List.of(
                "ALTER TABLE "
                    + table
                    + " ADD CONSTRAINT "
                    + name
                    + " FOREIGN KEY ("
                    + columns
                    + ") REFERENCES "
                    + target
                    + " ("
                    + targetColumns
                    + ")"
                    + (onDelete.isEmpty() ? "" : " ON DELETE " + onDelete)),
        dialect -> List.of("ALTER TABLE " + table + " DROP CONSTRAINT " + name));
  }

  private static Change createIndex(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("tableName", "indexName", "unique"));
    String table = read.name("tableName");
    String index = read.name("indexName");
    boolean unique = read.flag("unique", false);
    List<String> columns = new ArrayList<>();
    for (Element child : ChangeElement.children(element)) {
      ChangeElement column = new ChangeElement(child, Set.of("name", "descending", "type"));
      columns.add(column.name("name") + (column.flag("descending", false) ? " DESC" : ""));
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("<createIndex> needs a <column>");
    }
    String list = String.join(", ", columns);
    String summary = "index " + index + " on " + table;
    if (unique) {
      return SchemaChange.adds(
          summary,
          dialect -> List.of(dialect.uniqueIndex(table, index, list)),
          dialect -> List.of(dialect.dropUniqueIndex(table, index, list)));
    }
    return SchemaChange.adds(
        summary,
        dialect -> List.of("CREATE INDEX " + index + " ON " + table + " (" + list + ")"),
        dialect -> List.of("DROP INDEX " + index));
  }

  private static Change createSequence(Element element) {
    ChangeElement read =
        new ChangeElement(element, Set.of("sequenceName", "startValue", "incrementBy"));
    String name = read.name("sequenceName");
    long start = number(read, "startValue");
    long step = number(read, "incrementBy");
    return SchemaChange.adds(
        "create sequence " + name,
        dialect ->
            List.of(
                "CREATE SEQUENCE "
                    + name
                    + " AS bigint START WITH "
                    + start
                    + " INCREMENT BY "
                    + step),
        dialect -> List.of(dropSequence(dialect, name)));
  }

  private static long number(ChangeElement read, String attribute) {
    return read.optional(attribute).isEmpty() ? 1 : Long.parseLong(read.optional(attribute));
  }

  private static String dropSequence(Dialect dialect, String name) {
    return "DROP SEQUENCE " + name + (dialect == Dialect.DERBY ? " RESTRICT" : "");
  }

  private static Change dropNotNull(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("tableName", "columnName"));
    String table = read.name("tableName");
    String column = read.name("columnName");
    return SchemaChange.loosens(
        "allow no " + column + " in " + table,
        dialect -> List.of(dialect.nullable(table, column, true)));
  }

  private static Change addNotNull(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("tableName", "columnName"));
    String table = read.name("tableName");
    String column = read.name("columnName");
    return SchemaChange.takes(
        "require " + column + " in " + table,
        dialect -> List.of(dialect.nullable(table, column, false)));
  }

  private static Change dropIndex(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("tableName", "indexName"));
    String index = read.name("indexName");
    return SchemaChange.loosens("drop index " + index, dialect -> List.of("DROP INDEX " + index));
  }

  private static Change dropConstraint(Element element, String tableAttribute, String kind) {
    ChangeElement read = new ChangeElement(element, Set.of(tableAttribute, "constraintName"));
    String table = read.name(tableAttribute);
    String name = read.name("constraintName");
    return SchemaChange.loosens(
        "drop " + kind + " " + name,
        dialect -> List.of("ALTER TABLE " + table + " DROP CONSTRAINT " + name));
  }

  private static Change dropPrimaryKey(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("tableName", "constraintName"));
    String table = read.name("tableName");
    String name =
        read.optional("constraintName").isEmpty() ? table + "_pk" : read.name("constraintName");
    return SchemaChange.loosens(
        "drop primary key of " + table, dialect -> List.of(dialect.dropPrimaryKey(table, name)));
  }

  private static Change dropTable(Element element) {
    String table = new ChangeElement(element, Set.of("tableName")).name("tableName");
    return SchemaChange.takes("drop table " + table, dialect -> List.of("DROP TABLE " + table));
  }

  private static Change dropColumn(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("tableName", "columnName"));
    String table = read.name("tableName");
    String column = read.name("columnName");
    return SchemaChange.takes(
        "drop " + column + " of " + table,
        dialect -> List.of("ALTER TABLE " + table + " DROP COLUMN " + column));
  }

  private static Change dropSequence(Element element) {
    String name = new ChangeElement(element, Set.of("sequenceName")).name("sequenceName");
    return SchemaChange.takes(
        "drop sequence " + name, dialect -> List.of(dropSequence(dialect, name)));
  }

  private static Change renameTable(Element element) {
    ChangeElement read = new ChangeElement(element, Set.of("oldTableName", "newTableName"));
    String from = read.name("oldTableName");
    String to = read.name("newTableName");
    return SchemaChange.takes(
        "rename table " + from + " to " + to, dialect -> List.of(dialect.renameTable(from, to)));
  }

  private static Change renameColumn(Element element) {
    ChangeElement read =
        new ChangeElement(
            element, Set.of("tableName", "oldColumnName", "newColumnName", "columnDataType"));
    String table = read.name("tableName");
    String from = read.name("oldColumnName");
    String to = read.name("newColumnName");
    return SchemaChange.takes(
        "rename " + from + " of " + table + " to " + to,
        dialect -> List.of(dialect.renameColumn(table, from, to)));
  }
}
