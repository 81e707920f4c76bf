/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangelogReaderTest {
  private static Changelog read(String changes) {
    return ChangelogReader.read(
        ("<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\">"
                + changes
                + "</databaseChangeLog>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static ChangeSet one(String changes) {
    return read("<changeSet id=\"1\" author=\"a\">" + changes + "</changeSet>").changeSets().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<createProcedure/>",
        "<createTable tableName=\"t\"/>",
        "<createTable tableName=\"T\"><column name=\"a\" type=\"int\"/></createTable>",
        "<createTable tableName=\"t; drop table u\"><column name=\"a\" type=\"int\"/></createTable>",
        "<createTable tableName=\"t\"><column name=\"a\" type=\"uuid\"/></createTable>",
        "<createTable tableName=\"t\"><column name=\"a\" type=\"varchar(99999)\"/></createTable>",
        "<createTable tableName=\"t\"><column name=\"a\" type=\"int\" valueComputed=\"x\"/></createTable>",
        "<createTable tableName=\"t\"><column name=\"a\" type=\"int\"><x/></column></createTable>",
        "<addColumn tableName=\"t\"><column name=\"a\" type=\"int\"><constraints nullable=\"false\"/></column></addColumn>",
        "<dropTable tableName=\"t\"/>",
        "<renameColumn tableName=\"t\" oldColumnName=\"a\" newColumnName=\"b\"/>",
        "<sql dbms=\"oracle\">x</sql>",
        "<createIndex tableName=\"t\" indexName=\"i\"/>"
      })
  void refusesWhatItDoesNotKnowOrWhatIsNotSafe(String change) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> one(change));
    assertTrue(thrown.getMessage().startsWith("change set 1: "), thrown.getMessage());
  }

  @Test
  void refusesEntities() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ChangelogReader.read(
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:/etc/passwd\">]><databaseChangeLog>&a;</databaseChangeLog>"
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesTheSameIdTwice() {
    String set = "<changeSet id=\"1\" author=\"a\"><sql>x</sql></changeSet>";
    assertThrows(IllegalArgumentException.class, () -> read(set + set));
  }

  @Test
  void digestsWhatIsDoneAndNotHowItIsWritten() {
    String digest = one("<sql>select 1</sql>").digest();
    assertEquals(
        digest, one("<!-- why -->\n<sql>  select   1 </sql><comment>c</comment>").digest());
    assertNotEquals(digest, one("<sql>select 2</sql>").digest());
    assertNotEquals(digest, one("<sql dbms=\"derby\">select 1</sql>").digest());
  }

  @Test
  void splitsStatementsAtTheEndOfALineOnly() {
    ChangeSet set = one("<sql>insert into t values ('a;b');\n  delete from t;</sql>");
    assertEquals(
        List.of("insert into t values ('a;b')", "delete from t"), set.statements(Dialect.DERBY));
  }

  @Test
  void spellsTypesAsEachDatabaseDoes() {
    ChangeSet set =
        one(
            "<createTable tableName=\"t\"><column name=\"a\" type=\"clob\"/>"
                + "<column name=\"b\" type=\"BLOB\"/></createTable>");
    assertEquals(List.of("CREATE TABLE t (a clob, b blob)"), set.statements(Dialect.DERBY));
    assertEquals(List.of("CREATE TABLE t (a text, b bytea)"), set.statements(Dialect.POSTGRESQL));
  }
}
