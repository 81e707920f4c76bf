/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class CalendarsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private Calendars calendars;

  CalendarsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    calendars = new Calendars(it.lists, it.registry, it.callers);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void listsStandByTheDatesOfTheirTypes() {
    Calendars.Calendar requests = calendar(ANNA, "type:request", "");
    assertEquals(new DateField("neededBy", true, false), requests.by());
    // incidents of the desk have no date that anybody plans with
    Calendars.Calendar incidents = calendar(ANNA, "type:incident", "");
    assertEquals(new DateField("createdAt", false, true), incidents.by());
    assertEquals(
        List.of("createdAt", "resolvedAt", "updatedAt", "satisfactionAt"),
        incidents.fields().stream().map(DateField::key).toList());
    assertEquals(
        ErrorKind.MALFORMED,
        assertThrows(DomainException.class, () -> calendar(ANNA, "type:incident", "neededBy"))
            .kind());
    assertThrows(DomainException.class, () -> calendar(ANNA, "", "subject"));
  }

  @Test
  void ticketsStandOnTheirDayTheMostPressingFirst() {
    String low = request(FIRST, "low");
    String high = request(FIRST, "high");
    String later = request(FIRST.plusDays(2), "low");
    request(FIRST.plusDays(3), "low");
    it.deliver();
    assertEquals(
        List.of(List.of(high, low), List.of(), List.of(later)),
        keys(days(ANNA, FIRST, FIRST.plusDays(2), 10)));
  }

  @Test
  void aBusyDayHasMoreAndTakesNothingFromTheOthers() {
    List<String> busy = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      busy.add(request(FIRST, "low"));
    }
    String quiet = request(FIRST.plusDays(1), "low");
    it.deliver();
    List<Page<TicketImage>> days = days(ANNA, FIRST, FIRST.plusDays(1), 3);
    assertEquals(3, days.get(0).items().size());
    assertEquals(List.of(quiet), keys(days).get(1));
    assertTrue(days.get(1).next().isEmpty());
    // its pages go through all of it, once
    List<String> read = new ArrayList<>(keys(days).get(0));
    Optional<String> after = days.get(0).next();
    while (after.isPresent()) {
      Optional<String> from = after;
      Page<TicketImage> page =
          it.as(
              ANNA,
              () ->
                  calendars.day(
                      calendars.calendar("type:request", "neededBy"),
                      "type:request",
                      FIRST,
                      3,
                      from));
      page.items().forEach(ticket -> read.add(ticket.key()));
      after = page.next();
    }
    assertEquals(busy.stream().sorted().toList(), read.stream().sorted().toList());
  }

  @Test
  void instantsFallOnTheDaysOfTheCaller() {
    DateField created = new DateField("createdAt", false, true);
    ZoneId riga = ZoneId.of("Europe/Riga");
    Filter.Between day =
        (Filter.Between)
            new Calendars.Calendar(created, riga, List.of()).on(LocalDate.of(2026, 3, 29));
    // the night in which clocks go forward makes a day of 23 hours
    assertEquals("2026-03-28T22:00:00Z", day.from());
    assertEquals("2026-03-29T20:59:59.999999Z", day.to());
    // a day is the same everywhere
    Filter.Between needed =
        (Filter.Between)
            new Calendars.Calendar(new DateField("neededBy", true, false), riga, List.of())
                .on(LocalDate.of(2026, 3, 29));
    assertEquals("2026-03-29T00:00:00Z", needed.from());

    it.as(ANNA, () -> it.desk.create("incident", Map.of("subject", "now"), true));
    it.deliver();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<Page<TicketImage>> days =
        it.as(
            ANNA,
            () ->
                calendars.days(
                    calendars.calendar("type:incident", ""),
                    "type:incident",
                    today.minusDays(1),
                    today.plusDays(1),
                    5));
    assertEquals(1, days.stream().mapToInt(page -> page.items().size()).sum());
  }

  @Test
  void nobodySeesWhatTheyMayNot() {
    it.as(
        RITA,
        () ->
            it.desk.create(
                "request", Map.of("subject", "mine", "neededBy", FIRST.toString()), true));
    it.as(
        SANDIS,
        () ->
            it.desk.create(
                "request", Map.of("subject", "other", "neededBy", FIRST.toString()), true));
    it.deliver();
    assertEquals(2, days(ANNA, FIRST, FIRST, 5).get(0).items().size());
    assertEquals(
        List.of("mine"),
        days(RITA, FIRST, FIRST, 5).get(0).items().stream().map(TicketImage::subject).toList());
  }

  @Test
  void aRangeHasABound() {
    it.deliver();
    assertEquals(42, days(ANNA, FIRST, FIRST.plusDays(41), 1).size());
    assertThrows(DomainException.class, () -> days(ANNA, FIRST, FIRST.plusDays(42), 1));
    assertThrows(DomainException.class, () -> days(ANNA, FIRST, FIRST.minusDays(1), 1));
    assertFalse(days(ANNA, FIRST, FIRST, 1).isEmpty());
  }

  private String request(LocalDate needed, String urgency) {
    Map<String, Object> values =
        Map.of(
            "subject", "s", "neededBy", needed.toString(), "urgency", urgency, "impact", urgency);
    return it.as(ANNA, () -> it.desk.create("request", values, true)).key();
  }

  private Calendars.Calendar calendar(Caller caller, String query, String by) {
    return it.as(caller, () -> calendars.calendar(query, by));
  }

  private List<Page<TicketImage>> days(Caller caller, LocalDate from, LocalDate to, int limit) {
    return it.as(
        caller,
        () ->
            calendars.days(
                calendars.calendar("type:request", "neededBy"), "type:request", from, to, limit));
  }

  private static List<List<String>> keys(List<Page<TicketImage>> days) {
    return days.stream().map(page -> page.items().stream().map(TicketImage::key).toList()).toList();
  }
}
