/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the two databases spell differently in DDL. */
public enum Dialect {
  DERBY("derby") {
    @Override
    String portable(String type) {
      return type;
    }

    @Override
    String renameColumn(String table, String from, String to) {
      return "RENAME COLUMN " + table + "." + from + " TO " + to;
    }

    @Override
    String renameTable(String from, String to) {
      return "RENAME TABLE " + from + " TO " + to;
    }

    @Override
    String nullable(String table, String column, boolean nullable) {
      return "ALTER TABLE "
          + table
          + " ALTER COLUMN "
          + column
          + (nullable ? " NULL" : " NOT NULL");
    }

    @Override
    String dropPrimaryKey(String table, String constraint) {
      return "ALTER TABLE " + table + " DROP PRIMARY KEY";
    }

    /** Derby's unique indexes take null for a value, its unique constraints do not. */
    @Override
    String uniqueIndex(String table, String index, String columns) {
      return columns.toUpperCase(Locale.ROOT).contains(" DESC")
          ? "CREATE UNIQUE INDEX " + index + " ON " + table + " (" + columns + ")"
          : "ALTER TABLE " + table + " ADD CONSTRAINT " + index + " UNIQUE (" + columns + ")";
    }

    @Override
    String dropUniqueIndex(String table, String index, String columns) {
      return columns.toUpperCase(Locale.ROOT).contains(" DESC")
          ? "DROP INDEX " + index
          : "ALTER TABLE " + table + " DROP CONSTRAINT " + index;
    }
  },
  POSTGRESQL("postgresql") {
    @Override
    String portable(String type) {
      return switch (type) {
        case "clob" -> "text";
        case "blob" -> "bytea";
        case "double" -> "double precision";
        default -> type;
      };
    }

    @Override
    String renameColumn(String table, String from, String to) {
      return "ALTER TABLE " + table + " RENAME COLUMN " + from + " TO " + to;
    }

    @Override
    String renameTable(String from, String to) {
      return "ALTER TABLE " + from + " RENAME TO " + to;
    }

    @Override
    String nullable(String table, String column, boolean nullable) {
      return "ALTER TABLE "
          + table
          + " ALTER COLUMN "
          + column
          + (nullable ? " DROP NOT NULL" : " SET NOT NULL");
    }

    @Override
    String dropPrimaryKey(String table, String constraint) {
      return "ALTER TABLE " + table + " DROP CONSTRAINT " + constraint;
    }

    @Override
    String uniqueIndex(String table, String index, String columns) {
      return "CREATE UNIQUE INDEX " + index + " ON " + table + " (" + columns + ")";
    }

    @Override
    String dropUniqueIndex(String table, String index, String columns) {
      return "DROP INDEX " + index;
    }
  };

  private static final Pattern TYPE =
      Pattern.compile(
          "bigint|int|smallint|boolean|double|clob|blob|timestamp|varchar\\((\\d{1,5})\\)");

  /** The longest varchar that Derby takes. */
  private static final int LONGEST_VARCHAR = 32_672;

  private final String key;

  Dialect(String key) {
    this.key = key;
  }

  /** The database's name in a change's {@code dbms} attribute. */
  public String key() {
    return key;
  }

  /** The database's own name of a column type of the changelog. */
  String type(String type) {
    String wanted = type.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = TYPE.matcher(wanted);
    if (!matcher.matches()
        || matcher.group(1) != null && Integer.parseInt(matcher.group(1)) > LONGEST_VARCHAR) {
      throw new IllegalArgumentException(
          "column type \"" + type + "\" is not one that both databases have");
    }
    return portable(wanted);
  }

  abstract String portable(String type);

  abstract String renameColumn(String table, String from, String to);

  abstract String renameTable(String from, String to);

  abstract String nullable(String table, String column, boolean nullable);

  abstract String dropPrimaryKey(String table, String constraint);

  abstract String uniqueIndex(String table, String index, String columns);

  abstract String dropUniqueIndex(String table, String index, String columns);
}
