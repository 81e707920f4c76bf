/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.security.PersonId;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** The audit: in a row, and nothing is lost or changed unseen. */
@PersistenceTest(units = "security")
class AuditTrailTest {
  private Desk desk;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private AuditReader reader() {
    return desk.auditReader;
  }

  private void record(int entries) {
    for (int i = 0; i < entries; i++) {
      desk.audit.record("thing.done", "thing:" + i, Map.of("n", Integer.toString(i)));
    }
  }

  @Test
  void writesWhoDidWhatFromWhere() {
    PersonId ilze = desk.person("ilze", "requester");
    desk.inSession(
        "s",
        () ->
            desk.as(
                ilze,
                () -> {
                  desk.audit.record("thing.done", "thing:1", Map.of("size", "3"));
                  return null;
                }));
    AuditReader.Entry entry =
        reader().before(Long.MAX_VALUE, Optional.empty(), Optional.empty(), 1).get(0);
    assertEquals("ilze", entry.actor());
    assertEquals("thing.done", entry.action());
    assertEquals("thing:1", entry.object());
    assertEquals(Map.of("size", "3"), entry.details());
    assertEquals("192.0.2.1", entry.address());
    assertEquals("abc", entry.correlationId());
  }

  @Test
  void verifiesWhatItWrote() {
    assertTrue(reader().verify().intact());
    record(20);
    AuditReader.Verification found = reader().verify();
    assertTrue(found.intact());
    assertEquals(20, found.entries());
  }

  @Test
  void noticesAChangedEntry(TestDatabase database) throws SQLException {
    record(5);
    byHand(database, "update sec_audit set actor = 'somebody' where seq = 3");
    assertBroken(3);
  }

  @Test
  void noticesARemovedEntry(TestDatabase database) throws SQLException {
    record(5);
    byHand(database, "delete from sec_audit where seq = 2");
    assertBroken(2);
  }

  @Test
  void noticesThatTheNewestEntriesWereCutOff(TestDatabase database) throws SQLException {
    record(5);
    byHand(database, "delete from sec_audit where seq > 3");
    assertBroken(4);
    byHand(database, "update sec_audit_head set seq = 3");
    assertFalse(reader().verify().intact());
  }

  @Test
  void goesWithATransactionThatIsRolledBackUnlessItMustStay() {
    assertThrows(
        IllegalStateException.class,
        () ->
            desk.transactions.required(
                () -> {
                  desk.audit.record("thing.done", "thing:1", Map.of());
                  desk.audit.recordAlways("thing.refused", "thing:1", Map.of());
                  throw new IllegalStateException("something else failed");
                }));
    List<String> actions =
        reader().before(Long.MAX_VALUE, Optional.empty(), Optional.empty(), 10).stream()
            .map(AuditReader.Entry::action)
            .toList();
    assertEquals(List.of("thing.refused"), actions);
    assertTrue(reader().verify().intact());
  }

  @Test
  @Timeout(60)
  void putsEntriesOfManyThreadsInARow() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(threads.submit(() -> record(10)));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    AuditReader.Verification found = reader().verify();
    assertTrue(found.intact());
    assertEquals(40, found.entries());
  }

  @Test
  void listsTheLatestFirstAndOnlyWhatIsAskedFor() {
    record(3);
    desk.audit.record("other.done", "thing:9", Map.of());
    assertEquals(
        List.of(3L, 2L),
        reader().before(4, Optional.empty(), Optional.of("thing.done"), 2).stream()
            .map(AuditReader.Entry::sequence)
            .toList());
    assertEquals(
        List.of(), reader().before(Long.MAX_VALUE, Optional.of("ilze"), Optional.empty(), 2));
  }

  @Test
  void findsWhatWasDoneToAnObjectOrToAllOfItsKindAndWhen() {
    record(3);
    desk.audit.record("thing.done", "th_ng:1", Map.of());
    desk.audit.record("thing.done", "thing:11", Map.of());
    assertEquals(List.of(2L), found(object("thing:1")));
    assertEquals(List.of(5L, 3L, 2L, 1L), found(object("thing:")));
    assertEquals(List.of(4L), found(object("th_ng:")));
    Instant at = reader().before(Long.MAX_VALUE, object("thing:0"), 1).get(0).at();
    assertEquals(List.of(), found(times(Optional.empty(), Optional.of(at))));
    assertEquals(5, found(times(Optional.of(at), Optional.of(at.plusSeconds(60)))).size());
    assertEquals(List.of(), found(times(Optional.of(at.plusSeconds(60)), Optional.empty())));
  }

  private List<Long> found(AuditReader.Wanted wanted) {
    return reader().before(Long.MAX_VALUE, wanted, 10).stream()
        .map(AuditReader.Entry::sequence)
        .toList();
  }

  private static AuditReader.Wanted object(String object) {
    return new AuditReader.Wanted(
        Optional.empty(),
        Optional.empty(),
        Optional.of(object),
        Optional.empty(),
        Optional.empty());
  }

  private static AuditReader.Wanted times(Optional<Instant> from, Optional<Instant> to) {
    return new AuditReader.Wanted(Optional.empty(), Optional.empty(), Optional.empty(), from, to);
  }

  private void assertBroken(long at) {
    AuditReader.Verification found = reader().verify();
    assertFalse(found.intact());
    assertEquals(Optional.of(at), found.brokenAt());
  }

  private static void byHand(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
