/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.talka.persistence.MigrationOutcome.Migrated;
import org.talka.persistence.Tables;
import org.talka.persistence.Tables.Condition;

/** The tables of a module that is not there, on each kind of database. */
@ParameterizedClass
@EnumSource(Engine.class)
@Timeout(60)
class TablesTest {
  private static final String CHANGELOG =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
        <changeSet id="1" author="a">
          <createTable tableName="gone_thing">
            <column name="kind" type="varchar(10)"><constraints primaryKey="true" nullable="false"/></column>
            <column name="pos" type="bigint"><constraints primaryKey="true" nullable="false"/></column>
            <column name="payload" type="blob"/>
            <column name="words" type="clob"/>
            <column name="happened_at" type="timestamp"/>
            <column name="good" type="boolean"/>
          </createTable>
          <createTable tableName="gone_keyless"><column name="n" type="int"/></createTable>
        </changeSet>
      </databaseChangeLog>
      """;

  private final TestDatabase database;
  private final Tables tables;

  TablesTest(Engine engine) {
    this.database = TestDatabase.open(engine, "alpha");
    this.tables = database.tables();
  }

  @BeforeEach
  void create() {
    assertEquals(
        List.of("1"),
        ((Migrated) tables.create("gone", CHANGELOG.getBytes(StandardCharsets.UTF_8), false))
            .ran());
  }

  @AfterEach
  void close() {
    tables.drop("gone", "gone_", List.of());
    database.close();
  }

  private static Map<String, Object> thing(String kind, long number) {
    Map<String, Object> row = new HashMap<>();
    row.put("kind", kind);
    row.put("pos", number);
    row.put("payload", "AAECAw==");
    row.put("words", number % 2 == 0 ? null : "vārds " + number);
    row.put("happened_at", "2026-01-02T03:04:05.600");
    row.put("good", number % 3 == 0);
    return row;
  }

  @Test
  void rowsComeBackAsTheyWereOverManyPages() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String kind : List.of("a", "b")) {
      for (long n = 1; n <= 700; n++) {
        rows.add(thing(kind, n));
      }
    }
    tables.insert("gone_thing", rows);
    List<Map<String, Object>> read = new ArrayList<>();
    tables.read("gone_thing", Condition.ALL, read::add);
    assertEquals(rows, read);
    assertEquals(700, tables.count("gone_thing", Condition.is("kind", "b")));
  }

  @Test
  void aTableWithoutAKeyIsReadToItsEnd() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (long n = 0; n < 1_500; n++) {
      rows.add(Map.of("n", n));
    }
    tables.insert("gone_keyless", rows);
    List<Object> read = new ArrayList<>();
    tables.read("gone_keyless", Condition.ALL, row -> read.add(row.get("n")));
    assertEquals(
        rows.stream().map(row -> row.get("n")).sorted().toList(), read.stream().sorted().toList());
  }

  @Test
  void droppedTablesAreGoneAndCanBeMadeAgain() {
    tables.insert("gone_thing", List.of(thing("a", 1)));
    assertEquals(List.of("gone_keyless", "gone_thing"), tables.beginning("gone_", List.of()));
    tables.drop("gone", "gone_", List.of());
    assertEquals(List.of(), tables.beginning("gone_", List.of()));
    assertEquals(List.of(), tables.changeSets("gone"));
    tables.drop("gone", "gone_", List.of());
    create();
    assertEquals(0, tables.count("gone_thing", Condition.ALL));
  }

  @Test
  void nothingButAPlainNameGoesIntoAStatement() {
    assertThrows(
        IllegalArgumentException.class,
        () -> tables.count("gone_thing; drop table alpha_note", Condition.ALL));
    assertThrows(
        IllegalArgumentException.class,
        () -> tables.insert("gone_keyless", List.of(Map.of("n) values (1); --", 1))));
  }
}
