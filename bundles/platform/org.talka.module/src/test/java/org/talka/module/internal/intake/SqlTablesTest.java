/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTablesTest {
  private static Optional<SqlTables.Finding> check(String sql) {
    return SqlTables.check(sql, "problem_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE problem_x SET tkt_ticket = 1 WHERE a IN (SELECT b FROM problem_y, problem_z q)",
        "INSERT INTO problem_x (a, b) SELECT a, COALESCE(b, 'from tkt_ticket') FROM problem_y",
        "DELETE FROM problem_x WHERE a IN (1, 2) AND EXISTS (SELECT 1 FROM problem_y)",
        "CREATE UNIQUE INDEX problem_i ON problem_x (a, b)",
        "CREATE INDEX IF NOT EXISTS problem_i ON problem_x USING gin (a)",
        "CREATE TABLE problem_x (a int REFERENCES problem_y (b) ON DELETE CASCADE)",
        "ALTER TABLE problem_x RENAME TO problem_y; DROP TABLE problem_y;",
        "INSERT INTO problem_x VALUES (1, 'it''s; DROP TABLE tkt_ticket')",
        "MERGE INTO problem_x a USING problem_y b ON a.c = b.c WHEN MATCHED THEN UPDATE SET d = 1",
        "UPDATE \"problem_x\" SET a = 1 -- tkt_ticket",
        "INSERT INTO problem_x SELECT a FROM problem_y JOIN problem_z USING (tkt_key)",
        "INSERT INTO problem_x (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2",
      })
  void letsAModuleWorkOnItsOwnTables(String sql) {
    assertEquals(Optional.empty(), check(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DROP TABLE tkt_ticket|tkt_ticket",
        "drop table problem_x, tkt_ticket|tkt_ticket",
        "UPDATE tkt_ticket SET a = 1|tkt_ticket",
        "DELETE FROM tkt_ticket|tkt_ticket",
        "DELETE/**/FROM/* x */TKT_TICKET|tkt_ticket",
        "INSERT INTO problem_x SELECT * FROM problem_y, sec_person|sec_person",
        "INSERT INTO problem_x SELECT * FROM problem_y y JOIN sec_person p ON y.a = p.b|sec_person",
        "INSERT INTO problem_x SELECT * FROM problem_y y JOIN problem_z z ON f(a, b) = 1, sec_person|sec_person",
        "INSERT INTO problem_x SELECT * FROM (SELECT a FROM sec_person) p|sec_person",
        "INSERT INTO problem_x SELECT * FROM (sec_person)|sec_person",
        "UPDATE problem_x SET a = (SELECT MAX(b) FROM \"SEC_PERSON\")|sec_person",
        "CREATE TABLE problem_x (a int REFERENCES tkt_ticket (id))|tkt_ticket",
        "CREATE INDEX problem_i ON tkt_ticket (a)|tkt_ticket",
        "DROP INDEX tkt_i|tkt_i",
        "ALTER TABLE problem_x RENAME TO tkt_x|tkt_x",
        "CREATE VIEW tkt_v AS SELECT a FROM problem_x|tkt_v",
        "UPDATE problem_x SET a = 1; DROP TABLE tkt_ticket|tkt_ticket",
        "UPDATE public.problem_x SET a = 1|public",
        "UPDATE problem_x.tkt_ticket SET a = 1|problem_x",
        "MERGE INTO problem_x USING sec_person ON 1 = 1 WHEN MATCHED THEN DELETE|sec_person",
        "DELETE FROM ONLY tkt_ticket|tkt_ticket",
        "CREATE TABLE IF NOT EXISTS tkt_x (a int)|tkt_x",
      })
  void findsTheTablesOfOthers(String sql, String table) {
    assertEquals(Optional.of(table), check(sql).orElseThrow().table());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT SELECT ON problem_x TO PUBLIC",
        "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('a', 'b')",
        "INSERT INTO problem_x VALUES (pg_read_file('/etc/passwd'))",
        "INSERT INTO problem_x SELECT query_to_xml('select * from tkt_ticket', true, true, '')",
        "CREATE TRIGGER problem_t AFTER INSERT ON problem_x FOR EACH ROW DELETE FROM problem_y",
        "CREATE FUNCTION problem_f() RETURNS int AS 'x' LANGUAGE sql",
        "DO $$ BEGIN DROP TABLE tkt_ticket; END $$",
        "UPDATE problem_x SET a = E'\\x'",
        "UPDATE U&\"tkt!005fticket\" SET a = 1",
        "UPDATE problem_x SET a = 1 /* /* */ ; DROP TABLE tkt_ticket /* */ */",
        "UPDATE problem_x SET a = 'open",
        "TRUNCATE problem_x",
        "COPY problem_x TO '/tmp/x'",
        "WITH a AS (SELECT 1) UPDATE problem_x SET b = 1",
        "DROP SCHEMA public CASCADE",
      })
  void refusesWhatReachesBeyondAStatementOnTables(String sql) {
    assertFalse(check(sql).orElseThrow().word().isEmpty());
  }

  @Test
  void seesWhatFollowsACommentHoweverTheLineEnds() {
    for (String end : new String[] {"\n", "\r", "\r\n"}) {
      assertEquals(
          Optional.of("tkt_ticket"),
          check("-- harmless" + end + "DROP TABLE tkt_ticket").orElseThrow().table());
    }
  }

  @Test
  void hasNothingAgainstNothing() {
    assertEquals(Optional.empty(), check(" ; ;\n-- nothing\n"));
  }
}
