/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.ticket.TicketLink;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.DeskClock;
import org.talka.ticket.internal.service.FollowUps;

@PersistenceTest(units = "ticket")
class RatingsTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private Duration later = Duration.ZERO;
  private Ratings ratings;

  RatingsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    ratings =
        new Ratings(it.reader, it.writer, it.registry, transactions, new DeskClock(new Later()));
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void theRequesterIsAskedOnceWhatIsDone() {
    String key = ticket();
    assertFalse(open(RITA, key));
    assertEquals(ErrorKind.CONFLICT, refused(RITA, key, 4, "x"));
    step(ANNA, key, "resolve", Map.of("resolutionCode", "fixed"));
    assertTrue(open(RITA, key));
    TicketImage rated = rate(RITA, key, 4, " Quick, thank you ");
    assertFalse(open(RITA, key));
    Rating rating = Ratings.of(rated).orElseThrow();
    assertEquals(4, rating.stars());
    assertEquals("Quick, thank you", rating.word());
    assertEquals(rating, Ratings.of(it.as(ANNA, () -> it.reader.get(key))).orElseThrow());
    HistoryEntry last = last(key);
    assertEquals("rated", last.kind());
    assertEquals(RITA.person(), last.actor());
  }

  @Test
  void nobodyElseMayRate() {
    String key = resolved();
    assertEquals(ErrorKind.FORBIDDEN, refused(ANNA, key, 5, ""));
    assertEquals(ErrorKind.NOT_FOUND, refused(SANDIS, key, 5, ""));
    assertEquals(Optional.empty(), it.as(ANNA, () -> ratings.until(it.reader.get(key))));
    // the fields are for the desk's own code: not even an agent sets them by hand
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                it.as(
                    ANNA,
                    () ->
                        it.desk.update(key, Optional.empty(), Map.of("satisfaction", "5"), true)));
    assertEquals(ErrorKind.INVALID, refusal.kind());
  }

  @Test
  void aMindMayBeChangedForSomeDays() {
    String key = resolved();
    Instant first = Ratings.of(rate(RITA, key, 2, "Slow")).orElseThrow().at();
    later = Ratings.CHANGEABLE.minusHours(1);
    Rating changed = Ratings.of(rate(RITA, key, 5, "")).orElseThrow();
    assertEquals(new Rating(5, "", first), changed);
    later = Ratings.CHANGEABLE.plusHours(1);
    assertEquals(ErrorKind.CONFLICT, refused(RITA, key, 1, ""));
    assertEquals(Optional.empty(), it.as(RITA, () -> ratings.until(it.reader.get(key))));
  }

  @Test
  void askingEndsAfterAMonth() {
    String key = resolved();
    later = Ratings.ASKED.minusHours(1);
    assertTrue(open(RITA, key));
    later = Ratings.ASKED.plusHours(1);
    assertFalse(open(RITA, key));
    assertEquals(ErrorKind.CONFLICT, refused(RITA, key, 3, ""));
  }

  @Test
  void whatIsReopenedAndResolvedAgainIsAskedForAnew() {
    String key = resolved();
    rate(RITA, key, 1, "It does not work");
    step(RITA, key, "reopen", Map.of());
    assertFalse(open(RITA, key));
    step(ANNA, key, "resolve", Map.of("resolutionCode", "fixed"));
    assertTrue(open(RITA, key));
    assertEquals(5, Ratings.of(rate(RITA, key, 5, "")).orElseThrow().stars());
  }

  @Test
  void whatIsClosedIsRatedLikewiseButNotWhatWasCancelled() {
    String closed = resolved();
    step(ANNA, closed, "close", Map.of());
    assertTrue(open(RITA, closed));
    String cancelled = ticket();
    it.as(
        RITA,
        () ->
            it.desk.transition(
                cancelled,
                Optional.empty(),
                "cancel",
                Map.of(),
                Optional.of("Not needed"),
                false,
                true));
    assertFalse(open(RITA, cancelled));
  }

  @Test
  void wrongAnswersAreNamed() {
    String key = resolved();
    for (Integer stars : new Integer[] {null, 0, 6, -1}) {
      DomainException refusal =
          assertThrows(DomainException.class, () -> rate(RITA, key, stars, "x".repeat(1001)));
      assertEquals(
          List.of("stars", "word"), refusal.fieldErrors().stream().map(FieldError::field).toList());
    }
  }

  @Test
  void ticketsAreFoundByTheAnswer() {
    String key = resolved();
    rate(RITA, key, 2, "");
    it.deliver();
    Filter bad = new Filter.Is("satisfaction", "2");
    assertEquals(
        List.of(key),
        it.as(ANNA, () -> it.lists.list(bad, "-updatedAt", 10, Optional.empty())).items().stream()
            .map(TicketImage::key)
            .toList());
  }

  @Test
  void whatIsClosedGoesOnInANewOneThatIsLinkedToIt() {
    String old = resolved();
    step(ANNA, old, "close", Map.of());
    FollowUps followUps = new FollowUps(it.desk, it.links, transactions);
    TicketImage again =
        it.as(
            RITA, () -> followUps.create("incident", Map.of("subject", "Again"), Optional.of(old)));
    List<TicketLink> links = it.as(RITA, () -> it.links.of(again));
    assertEquals(
        List.of("follows " + old),
        links.stream().map(link -> link.type() + " " + link.other().key()).toList());
    assertTrue(links.get(0).outgoing());
    assertEquals("linked", last(old).kind());
    String foreign =
        it.as(ANNA, () -> it.desk.create("incident", Map.of("subject", "y"), true)).key();
    long before =
        it.as(ANNA, () -> it.lists.list(new Filter.All(), "-updatedAt", 50, Optional.empty()))
            .items()
            .size();
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                it.as(
                    RITA,
                    () ->
                        followUps.create(
                            "incident", Map.of("subject", "No"), Optional.of(foreign))));
    assertEquals("follows", refusal.fieldErrors().get(0).field());
    // all or nothing
    assertEquals(
        before,
        it.as(ANNA, () -> it.lists.list(new Filter.All(), "-updatedAt", 50, Optional.empty()))
            .items()
            .size());
  }

  private String ticket() {
    return it.as(RITA, () -> it.desk.create("incident", Map.of("subject", "Lamp"), true)).key();
  }

  private String resolved() {
    String key = ticket();
    step(ANNA, key, "resolve", Map.of("resolutionCode", "fixed"));
    return key;
  }

  private void step(Caller who, String key, String transition, Map<String, Object> fields) {
    it.as(
        who,
        () ->
            it.desk.transition(
                key, Optional.empty(), transition, fields, Optional.empty(), false, true));
  }

  private TicketImage rate(Caller who, String key, Integer stars, String word) {
    return it.as(who, () -> ratings.rate(key, Optional.empty(), stars, word));
  }

  private ErrorKind refused(Caller who, String key, int stars, String word) {
    return assertThrows(DomainException.class, () -> rate(who, key, stars, word)).kind();
  }

  private boolean open(Caller who, String key) {
    return it.as(who, () -> ratings.open(it.reader.get(key)));
  }

  private HistoryEntry last(String key) {
    List<HistoryEntry> all = it.as(ANNA, () -> it.conversation.history(it.reader.get(key), 0, 100));
    return all.get(all.size() - 1);
  }

  private final class Later extends Clock {
    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(later);
    }
  }
}
