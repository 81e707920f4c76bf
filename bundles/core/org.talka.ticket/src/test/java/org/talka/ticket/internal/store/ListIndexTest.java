/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.talka.testkit.persistence.Engine;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "ticket")
class ListIndexTest {
  private final TestDatabase database;

  ListIndexTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void everyListIndexExistsInTheDatabaseInItsOrder() throws SQLException {
    for (ListIndex index : ListIndex.values()) {
      List<String> expected = new ArrayList<>();
      for (String column : index.columns()) {
        boolean descending = column.equals("id") || column.endsWith("_at");
        expected.add(column + (descending ? " D" : " A"));
      }
      assertEquals(expected, columns(index.indexName()), index.indexName());
    }
  }

  private List<String> columns(String name) throws SQLException {
    boolean upper = database.engine() == Engine.DERBY;
    TreeMap<Integer, String> columns = new TreeMap<>();
    try (Connection connection = database.connect()) {
      DatabaseMetaData meta = connection.getMetaData();
      String table = upper ? "TKT_TICKET" : "tkt_ticket";
      try (ResultSet rows = meta.getIndexInfo(null, null, table, false, true)) {
        while (rows.next()) {
          if (name.equalsIgnoreCase(rows.getString("INDEX_NAME"))) {
            columns.put(
                rows.getInt("ORDINAL_POSITION"),
                rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT)
                    + " "
                    + rows.getString("ASC_OR_DESC"));
          }
        }
      }
    }
    return List.copyOf(columns.values());
  }
}
