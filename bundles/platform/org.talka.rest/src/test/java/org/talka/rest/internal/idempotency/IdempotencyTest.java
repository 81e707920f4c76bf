/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.rest.internal.FakeAuthentication;
import org.talka.rest.internal.SlowThings;
import org.talka.rest.internal.TestDesk;
import org.talka.rest.internal.Things;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "rest")
class IdempotencyTest {
  /** Not the common pool, which has one thread on a small machine. */
  private static final Executor ANOTHER_THREAD = work -> new Thread(work).start();

  private final TestDatabase data;
  private final Database database;
  private final Things things = new Things("me");
  private final SlowThings slow = new SlowThings();
  private final Hands clock = new Hands();
  private Idempotency idempotency;
  private TestDesk desk;

  IdempotencyTest(TestDatabase data) {
    this.data = data;
    this.database = data.unit("rest");
  }

  @BeforeEach
  void open() {
    slow.database = database;
    idempotency = new Idempotency(data.transactions(), database, clock, Duration.ofMillis(300));
    desk = new TestDesk(idempotency, things, slow);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void theSameKeyAndBodyGiveTheSameAnswerOnce() {
    TestDesk.Answer first = post("k", "{\"name\":\"a\"}");
    TestDesk.Answer second = post("k", "{\"name\":\"a\"}");
    assertEquals(201, first.status());
    assertEquals(201, second.status());
    assertEquals(first.body(), second.body());
    assertEquals(first.header("Location"), second.header("Location"));
    assertEquals(first.header("Content-Type"), second.header("Content-Type"));
    assertEquals(1, things.made.get());
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    post("k", "{\"name\":\"a\"}");
    assertEquals(422, post("k", "{\"name\":\"b\"}").status());
    assertEquals(1, things.made.get());
  }

  @Test
  void anotherKeyIsAnotherRequest() {
    post("k1", "{\"name\":\"a\"}");
    post("k2", "{\"name\":\"a\"}");
    assertEquals(2, things.made.get());
  }

  @Test
  void aRefusalIsNotKept() {
    assertEquals(422, post("k", "{\"name\":\"bad\"}").status());
    assertEquals(201, post("k", "{\"name\":\"good\"}").status());
    assertEquals(1, rows());
  }

  @Test
  void aRefusalTakesTheChangeBack() {
    TestDesk.Answer answer = desk.post("/api/v1/slow/then-fails", headers("k"), "{\"name\":\"x\"}");
    assertEquals(409, answer.status());
    assertEquals("application/problem+json", answer.header("Content-Type").orElse(""));
    assertEquals(0, rows());
  }

  @Test
  void aDuplicateGetsTheAnswerOfTheFirstOrIsAskedToWait() throws Exception {
    CompletableFuture<TestDesk.Answer> first =
        CompletableFuture.supplyAsync(
            () -> desk.post("/api/v1/slow/waits", headers("k"), "{\"name\":\"x\"}"),
            ANOTHER_THREAD);
    assertTrue(slow.inside.await(10, TimeUnit.SECONDS));
    TestDesk.Answer early = desk.post("/api/v1/slow/waits", headers("k"), "{\"name\":\"x\"}");
    assertEquals(409, early.status());
    assertTrue(early.header("Retry-After").isPresent());
    slow.go.countDown();
    assertEquals(200, first.get(10, TimeUnit.SECONDS).status());
    TestDesk.Answer later = desk.post("/api/v1/slow/waits", headers("k"), "{\"name\":\"x\"}");
    assertEquals(200, later.status());
    assertEquals(first.get().body(), later.body());
    assertEquals(1, slow.calls.get());
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    post("k", "{\"name\":\"a\"}");
    clock.now = clock.now.plus(Idempotency.KEPT).plusSeconds(1);
    assertEquals(201, post("k", "{\"name\":\"b\"}").status());
    assertEquals(2, things.made.get());
    assertEquals(1, rows());
  }

  @Test
  void expiredAnswersAreRemoved() {
    post("k1", "{\"name\":\"a\"}");
    clock.now = clock.now.plus(Idempotency.KEPT).plusSeconds(1);
    post("k2", "{\"name\":\"b\"}");
    assertEquals(1, idempotency.purge());
    assertEquals(1, rows());
    assertEquals(0, idempotency.purge());
  }

  @Test
  void whatIsStoredDoesNotTellTheAnswer() {
    post("k", "{\"name\":\"very-secret\"}");
    List<StoredAnswer> stored =
        database.read(
            em ->
                em.createQuery("select a from StoredAnswer a", StoredAnswer.class).getResultList());
    assertFalse(stored.get(0).answer().contains("very-secret"));
    assertFalse(
        new String(java.util.Base64.getDecoder().decode(stored.get(0).answer()))
            .contains("very-secret"));
  }

  @Test
  void aKeyOfNoOrTooGreatLengthIsRefused() {
    assertEquals(400, post("x".repeat(201), "{\"name\":\"a\"}").status());
    assertEquals(201, post("x".repeat(200), "{\"name\":\"a\"}").status());
  }

  @Test
  void aLargeUploadIsHeldAndReplayed() {
    Map<String, String> headers = headers("k");
    headers.put("Content-Type", "multipart/form-data; boundary=b");
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
            + "x".repeat(3 * 1024 * 1024)
            + "\r\n--b--\r\n";
    TestDesk.Answer first = desk.post("/api/v1/slow/upload", headers, body);
    TestDesk.Answer second = desk.post("/api/v1/slow/upload", headers, body);
    assertEquals(200, first.status(), first.body());
    assertEquals(3 * 1024 * 1024, first.json().path("bytes").asInt());
    assertEquals(first.body(), second.body());
    assertEquals(1, slow.calls.get());
  }

  private TestDesk.Answer post(String key, String json) {
    return desk.post("/api/v1/things", headers(key), json);
  }

  private static Map<String, String> headers(String key) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + FakeAuthentication.TOKEN);
    headers.put("Idempotency-Key", key);
    return headers;
  }

  private long rows() {
    return database.read(
        em -> em.createQuery("select count(a) from StoredAnswer a", Long.class).getSingleResult());
  }

  /** A clock that the test sets. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
