/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.MigrationOutcome.Failed;
import org.talka.persistence.MigrationOutcome.Migrated;
import org.talka.persistence.PendingChange;
import org.talka.persistence.unit.DatabaseSettings;
import org.talka.persistence.unit.SharedDatabase;
import org.talka.persistence.unit.UnitDescription;
import org.talka.persistence.unit.UnitException;
import org.talka.testkit.persistence.alpha.Note;

/** Migrations on an empty database of each kind. */
@ParameterizedClass
@EnumSource(Engine.class)
@Timeout(60)
class MigrationTest {
  /** Not the common pool, which has one thread on a small machine. */
  private static final Executor ANOTHER_THREAD = work -> new Thread(work).start();

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static final String TABLE =
      """
      <changeSet id="1" author="a">
        <createTable tableName="m_thing">
          <column name="id" type="bigint"><constraints primaryKey="true" nullable="false"/></column>
          <column name="name" type="varchar(20)"/>
        </createTable>
      </changeSet>
      """;

  private static final String COLUMN =
      """
      <changeSet id="2" author="a">
        <addColumn tableName="m_thing"><column name="size" type="int"/></addColumn>
        <createIndex tableName="m_thing" indexName="m_thing_name" unique="true">
          <column name="name"/>
        </createIndex>
      </changeSet>
      """;

  private static final String BROKEN =
      """
      <changeSet id="3" author="a">
        <createTable tableName="m_other"><column name="id" type="bigint"/></createTable>
        <sql>INSERT INTO m_missing (id) VALUES (1)</sql>
      </changeSet>
      """;

  private static final String CONTRACT =
      """
      <changeSet id="4" author="a" context="contract">
        <dropColumn tableName="m_thing" columnName="name"/>
      </changeSet>
      """;

  private final Engine engine;
  private String url;
  private SharedDatabase database;

  MigrationTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() {
    url =
        engine == Engine.DERBY
            ? "jdbc:derby:memory:migration" + NUMBERS.incrementAndGet()
            : PostgresServer.newDatabase();
    database = SharedDatabase.of(DatabaseSettings.of(url, "", ""));
  }

  @AfterEach
  void close() {
    database.close();
    if (engine == Engine.POSTGRESQL) {
      PostgresServer.drop(url);
    }
  }

  private static byte[] log(String... changeSets) {
    return ("<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\">"
            + String.join("", changeSets)
            + "</databaseChangeLog>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private MigrationOutcome expand(String... changeSets) {
    return database.migrate("m", log(changeSets), false);
  }

  /** Tables and columns of the unit. */
  private Set<String> schema() throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet columns =
            connection.getMetaData().getColumns(null, connection.getSchema(), null, null)) {
      while (columns.next()) {
        String table = columns.getString("TABLE_NAME").toLowerCase(java.util.Locale.ROOT);
        if (table.startsWith("m_")) {
          found.add(
              table + "." + columns.getString("COLUMN_NAME").toLowerCase(java.util.Locale.ROOT));
        }
      }
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void runsWhatIsNewAndOnlyThat() throws Exception {
    assertEquals(new Migrated(List.of("1")), expand(TABLE));
    assertEquals(Set.of("m_thing.id", "m_thing.name"), schema());
    assertEquals(new Migrated(List.of("2")), expand(TABLE, COLUMN));
    assertEquals(new Migrated(List.of()), expand(TABLE, COLUMN));
    assertEquals(Set.of("m_thing.id", "m_thing.name", "m_thing.size"), schema());
  }

  @Test
  void takesTheWholeRunBackWhenOneChangeSetFails() throws Exception {
    expand(TABLE);
    Failed failed = assertInstanceOf(Failed.class, expand(TABLE, COLUMN, BROKEN));
    assertEquals("3", failed.changeSet());
    assertTrue(failed.reason().toLowerCase(java.util.Locale.ROOT).contains("m_missing"));
    assertEquals(Set.of("m_thing.id", "m_thing.name"), schema());
    assertEquals(new Migrated(List.of("2")), expand(TABLE, COLUMN), "and can go on from there");
  }

  @Test
  void leavesNothingWhenTheVeryFirstRunFails() throws Exception {
    assertInstanceOf(Failed.class, expand(TABLE, BROKEN));
    assertEquals(Set.of(), schema());
    assertEquals(2, database.pending("m", log(TABLE, BROKEN)).size());
  }

  @Test
  void tellsWhatIsPending() {
    expand(TABLE);
    assertEquals(
        List.of(
            new PendingChange(
                "2", "add size to m_thing; index m_thing_name on m_thing", false, true),
            new PendingChange("4", "drop name of m_thing", true, false)),
        database.pending("m", log(TABLE, COLUMN, CONTRACT)));
  }

  @Test
  void refusesAChangeSetThatWasEditedAfterItRan() throws Exception {
    expand(TABLE);
    String edited = TABLE.replace("varchar(20)", "varchar(30)");
    assertThrows(IllegalArgumentException.class, () -> database.pending("m", log(edited)));
    Failed failed = assertInstanceOf(Failed.class, expand(edited, COLUMN));
    assertTrue(failed.reason().contains("1"));
    assertEquals(Set.of("m_thing.id", "m_thing.name"), schema());
  }

  @Test
  void doesNotMindAnotherLayout() {
    expand(TABLE);
    String layout =
        TABLE
            .replace("author=\"a\"", "author=\"b\"")
            .replaceAll("\\s*\\n\\s*", "  ")
            .replace("<createTable", "<!-- a comment --><createTable");
    assertEquals(new Migrated(List.of()), expand(layout));
  }

  @Test
  void runsContractChangesOnlyWhenTold() throws Exception {
    assertEquals(new Migrated(List.of("1", "2")), expand(TABLE, CONTRACT, COLUMN));
    assertTrue(schema().contains("m_thing.name"));
    assertEquals(
        new Migrated(List.of("4")), database.migrate("m", log(TABLE, CONTRACT, COLUMN), true));
    assertFalse(schema().contains("m_thing.name"));
  }

  @Test
  void runsNoContractChangesBeforeTheExpandingOnes() {
    expand(TABLE);
    assertInstanceOf(Failed.class, database.migrate("m", log(TABLE, COLUMN, CONTRACT), true));
  }

  @Test
  void takesChangeSetsBackTheLatestFirst() throws Exception {
    expand(TABLE);
    Set<String> before = schema();
    expand(TABLE, COLUMN);
    execute("INSERT INTO m_thing (id, name, size) VALUES (1, 'a', 3)");
    assertEquals(new Migrated(List.of("2")), database.undo("m", List.of("2")));
    assertEquals(before, schema());
    assertEquals(new Migrated(List.of("2")), expand(TABLE, COLUMN), "and can run again");
    assertEquals(new Migrated(List.of("2", "1")), database.undo("m", List.of("1", "2")));
    assertEquals(Set.of(), schema());
  }

  @Test
  void takesStatementsBackByTheirRollback() throws Exception {
    String seed =
        """
        <changeSet id="5" author="a">
          <sql>INSERT INTO m_thing (id, name) VALUES (1, 'one;two');
               INSERT INTO m_thing (id, name) VALUES (2, 'b');</sql>
          <sql dbms="derby">UPDATE m_thing SET name = 'derby' WHERE id = 2</sql>
          <rollback>DELETE FROM m_thing WHERE id IN (1, 2)</rollback>
        </changeSet>
        """;
    expand(TABLE, seed);
    assertEquals(
        engine == Engine.DERBY ? List.of("one;two", "derby") : List.of("one;two", "b"), names());
    assertEquals(new Migrated(List.of("5")), database.undo("m", List.of("5")));
    assertEquals(List.of(), names());
  }

  @Test
  void changesNothingWhenOneOfThemCanNotBeTakenBack() throws Exception {
    String seed = "<changeSet id=\"5\" author=\"a\"><sql>DELETE FROM m_thing</sql></changeSet>";
    expand(TABLE, seed, COLUMN);
    Failed failed = assertInstanceOf(Failed.class, database.undo("m", List.of("1", "2", "5")));
    assertEquals("5", failed.changeSet());
    assertTrue(schema().contains("m_thing.size"), "the one after it was taken back with the rest");
  }

  private List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT name FROM m_thing ORDER BY id")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void allowsSeveralNullsInAUniqueIndex() throws Exception {
    expand(TABLE, COLUMN);
    execute("INSERT INTO m_thing (id) VALUES (1)");
    execute("INSERT INTO m_thing (id) VALUES (2)");
    execute("INSERT INTO m_thing (id, name) VALUES (3, 'x')");
    assertThrows(
        SQLException.class, () -> execute("INSERT INTO m_thing (id, name) VALUES (4, 'x')"));
  }

  @Test
  void runsEveryKindOfChange() throws Exception {
    String all =
        """
        <changeSet id="1" author="a">
          <createTable tableName="m_a">
            <column name="id" type="bigint" autoIncrement="true"><constraints primaryKey="true"/></column>
            <column name="n" type="smallint" defaultValueNumeric="3"><constraints nullable="false"/></column>
            <column name="flag" type="boolean" defaultValueBoolean="true"/>
            <column name="word" type="varchar(9)" defaultValue="it's"><constraints unique="true" uniqueConstraintName="m_a_word"/></column>
            <column name="ratio" type="double"/><column name="text" type="clob"/>
            <column name="bytes" type="blob"/><column name="made_at" type="timestamp"/>
            <column name="b" type="bigint"/>
          </createTable>
          <createTable tableName="m_b"><column name="id" type="bigint"><constraints nullable="false"/></column></createTable>
          <addPrimaryKey tableName="m_b" columnNames="id" constraintName="m_b_pk"/>
          <addForeignKeyConstraint constraintName="m_a_b" baseTableName="m_a" baseColumnNames="b"
              referencedTableName="m_b" referencedColumnNames="id" onDelete="CASCADE"/>
          <addUniqueConstraint tableName="m_a" columnNames="n, b" constraintName="m_a_n"/>
          <createIndex tableName="m_a" indexName="m_a_made"><column name="made_at" descending="true"/><column name="id"/></createIndex>
          <createSequence sequenceName="m_seq" startValue="10" incrementBy="5"/>
          <dropNotNullConstraint tableName="m_a" columnName="n"/>
          <dropIndex tableName="m_a" indexName="m_a_made"/>
          <dropUniqueConstraint tableName="m_a" constraintName="m_a_n"/>
          <dropForeignKeyConstraint baseTableName="m_a" constraintName="m_a_b"/>
          <dropPrimaryKey tableName="m_b" constraintName="m_b_pk"/>
        </changeSet>
        """;
    String contract =
        """
        <changeSet id="2" author="a" context="contract">
          <renameColumn tableName="m_a" oldColumnName="ratio" newColumnName="share"/>
          <addNotNullConstraint tableName="m_a" columnName="flag"/>
          <dropColumn tableName="m_a" columnName="text"/>
          <renameTable oldTableName="m_b" newTableName="m_c"/>
          <dropSequence sequenceName="m_seq"/>
        </changeSet>
        """;
    assertEquals(new Migrated(List.of("1")), expand(all, contract));
    execute("INSERT INTO m_a (b) VALUES (1)");
    assertEquals(new Migrated(List.of("2")), database.migrate("m", log(all, contract), true));
    assertTrue(schema().containsAll(Set.of("m_a.share", "m_c.id")));
    assertFalse(schema().contains("m_a.text"));
  }

  @Test
  void serversThatStartTogetherMigrateOnce() throws Exception {
    byte[] log = log(TABLE, COLUMN);
    try (SharedDatabase other =
        engine == Engine.POSTGRESQL
            ? SharedDatabase.of(DatabaseSettings.of(url, "", ""))
            : SharedDatabase.of(
                DatabaseSettings.of("jdbc:derby:memory:other" + NUMBERS.get(), "", ""))) {
      SharedDatabase second = engine == Engine.POSTGRESQL ? other : database;
      CompletableFuture<MigrationOutcome> a =
          CompletableFuture.supplyAsync(() -> database.migrate("m", log, false), ANOTHER_THREAD);
      CompletableFuture<MigrationOutcome> b =
          CompletableFuture.supplyAsync(() -> second.migrate("m", log, false), ANOTHER_THREAD);
      List<MigrationOutcome> outcomes =
          List.of(a.get(30, TimeUnit.SECONDS), b.get(30, TimeUnit.SECONDS));
      assertTrue(outcomes.contains(new Migrated(List.of("1", "2"))), outcomes.toString());
      assertTrue(outcomes.contains(new Migrated(List.of())), outcomes.toString());
    }
  }

  private UnitDescription unit(byte[] changelog) {
    URL root = MigrationTest.class.getProtectionDomain().getCodeSource().getLocation();
    return new UnitDescription(
        "m",
        "test",
        MigrationTest.class.getClassLoader(),
        root,
        List.of(Note.class.getName()),
        changelog);
  }

  @Test
  void aUnitWhoseMigrationFailsIsNotOpened() throws Exception {
    UnitDescription unit = unit(log(TABLE, BROKEN));
    UnitException thrown = assertThrows(UnitException.class, () -> database.open(unit, true));
    assertTrue(thrown.getMessage().contains("change set 3"), thrown.getMessage());
    assertEquals(Set.of(), schema());
  }

  @Test
  void aUnitThatNeverWasHereGetsContractChangesAtOnce() throws Exception {
    UnitDescription unit = unit(log(TABLE, CONTRACT));
    database.open(unit, false);
    assertEquals(Set.of("m_thing.id"), schema());
  }
}
