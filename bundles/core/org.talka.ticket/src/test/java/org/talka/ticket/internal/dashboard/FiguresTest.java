/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import org.talka.api.security.Caller;
import org.talka.api.security.RecordVisibility;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.rating.Ratings;

@PersistenceTest(units = "ticket")
class FiguresTest {
  private static final Map<String, String> WORDS =
      Map.of(
          "priority.low", "Low",
          "priority.high", "High",
          "state.incident.new", "New",
          "state.incident.pending", "Waiting",
          "state.request.waiting", "Waiting",
          "type.incident.plural", "Incidents",
          "type.request.plural", "Requests");

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private Instant now = Instant.now();

  FiguresTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void countsAndListsWhatTheCallerSees() {
    create(RITA, Map.of());
    create(RITA, Map.of());
    create(SANDIS, Map.of());
    it.deliver();
    assertEquals(new Answer.Count(3, false), ask(ANNA, count("state:open")));
    assertEquals(new Answer.Count(2, false), ask(RITA, count("state:open")));
    Answer.Tickets list =
        (Answer.Tickets) ask(ANNA, new FigureValues("list", "", null, 2, null, null, null, null));
    assertEquals(2, list.tickets().size());
    assertTrue(list.more());
  }

  @Test
  void groupsByAScaleInItsOrderAndNamesEachGroup() {
    create(ANNA, Map.of("impact", "low", "urgency", "medium"));
    create(ANNA, Map.of("impact", "low", "urgency", "medium"));
    create(ANNA, Map.of("impact", "high", "urgency", "medium"));
    it.deliver();
    Chart chart = chart(ANNA, grouped("", "priority"));
    assertEquals(List.of("high", "low"), chart.points().stream().map(Chart.Point::key).toList());
    assertEquals(
        List.of("High", "Low"),
        chart.points().stream().map(point -> point.label().orElse("")).toList());
    assertEquals(List.of(new Chart.Series("count", List.of(1, 2))), chart.series());
    assertEquals("New", chart(ANNA, grouped("", "state")).points().get(0).label().orElse(""));
  }

  @Test
  void groupsPeopleByNameAndSaysHowManyHaveNone() {
    create(ANNA, Map.of("assignee", "bruno"));
    create(ANNA, Map.of("assignee", "anna"));
    create(ANNA, Map.of("assignee", "anna"));
    create(ANNA, Map.of());
    it.deliver();
    Chart chart = chart(ANNA, grouped("state:open", "assignee"));
    assertEquals(
        List.of("anna", "bruno", "none"), chart.points().stream().map(Chart.Point::key).toList());
    assertEquals("Anna", chart.points().get(0).label().orElse(""));
    assertEquals(Chart.Meaning.NONE, chart.points().get(2).meaning());
    assertEquals(List.of(2, 1, 1), chart.series().get(0).counts());
  }

  @Test
  void theAverageOfRatingsSaysFromHowManyItIsAndHowTheyAreSpread() {
    it.deliver();
    assertEquals(Optional.empty(), average(ANNA, "").average());
    for (int stars : List.of(5, 5, 4, 1)) {
      rated(RITA, stars);
    }
    rated(SANDIS, 2);
    create(RITA, Map.of());
    it.deliver();
    Answer.Average all = average(ANNA, "");
    assertEquals(new BigDecimal("3.40"), all.average().orElseThrow());
    assertEquals(5, all.count());
    assertEquals(
        List.of("1", "2", "3", "4", "5"),
        all.spread().points().stream().map(Chart.Point::key).toList());
    assertEquals(List.of(1, 1, 0, 1, 2), all.spread().series().get(0).counts());
    assertEquals(
        new BigDecimal("3.75"), average(RITA, "").average().orElseThrow(), "what she may see");
    assertEquals(new BigDecimal("2.00"), average(SANDIS, "").average().orElseThrow());
  }

  @Test
  void whatIsNoScaleHasNoAverage() {
    for (String by : Arrays.asList("state", "incidentCategory", "nothing", "", null)) {
      assertEquals(
          ErrorKind.INVALID,
          assertThrows(
                  DomainException.class,
                  () ->
                      ask(ANNA, new FigureValues("average", "", null, null, null, by, null, null)))
              .kind(),
          by);
    }
  }

  private Answer.Average average(Caller caller, String q) {
    return (Answer.Average)
        ask(caller, new FigureValues("average", q, null, null, null, "satisfaction", null, null));
  }

  private void rated(Caller requester, int stars) {
    Ratings ratings = new Ratings(it.reader, it.writer, it.registry, transactions, it.clock);
    String key =
        it.as(requester, () -> it.desk.create("incident", Map.of("subject", "rate me"), true))
            .key();
    for (String step : List.of("start", "resolve")) {
      Map<String, Object> fields =
          step.equals("start") ? Map.of() : Map.of("resolutionCode", "fixed");
      it.as(
          ANNA,
          () ->
              it.desk.transition(
                  key, Optional.empty(), step, fields, Optional.of("Done"), false, true));
    }
    it.as(requester, () -> ratings.rate(key, Optional.empty(), stars, ""));
  }

  @Test
  void joinsTheSmallGroupsThatNobodyCouldTellApart() {
    for (int i = 0; i < 15; i++) {
      create(ANNA, Map.of("tags", i < 2 ? List.of("often", "tag" + i) : List.of("tag" + i)));
    }
    it.deliver();
    Chart chart = chart(ANNA, grouped("", "tag"));
    assertEquals(12, chart.points().size());
    assertEquals("often", chart.points().get(0).key());
    assertEquals(Chart.Meaning.REST, chart.points().get(11).meaning());
    assertEquals(17, chart.series().get(0).counts().stream().mapToInt(n -> n).sum());
  }

  @Test
  void countsByDayWithEveryDayAndNoneFromBefore() {
    create(ANNA, Map.of());
    create(ANNA, Map.of());
    it.deliver();
    FigureValues week =
        new FigureValues(
            "chart", "", null, null, "line", null, List.of("createdAt", "resolvedAt"), 7);
    Chart today = chart(ANNA, week);
    assertEquals(7, today.points().size());
    assertEquals(LocalDate.ofInstant(now, ZoneOffset.UTC).toString(), today.points().get(6).key());
    assertEquals(List.of(0, 0, 0, 0, 0, 0, 2), today.series().get(0).counts());
    assertEquals(List.of(0, 0, 0, 0, 0, 0, 0), today.series().get(1).counts());
    now = now.plus(Duration.ofDays(3));
    assertEquals(List.of(0, 0, 0, 2, 0, 0, 0), chart(ANNA, week).series().get(0).counts());
    now = now.plus(Duration.ofDays(30));
    assertEquals(List.of(0, 0, 0, 0, 0, 0, 0), chart(ANNA, week).series().get(0).counts());
  }

  @Test
  void longStretchesAreCountedByTheWeekAndByThirtyDays() {
    it.deliver();
    assertEquals(13, chart(ANNA, overTime(90)).points().size());
    assertEquals(13, chart(ANNA, overTime(365)).points().size());
    assertEquals(31, chart(ANNA, overTime(31)).points().size());
  }

  @Test
  void chartsCountNothingThatTheCallerMayNotSee() {
    create(RITA, Map.of());
    create(SANDIS, Map.of());
    it.deliver();
    assertEquals(List.of(2), chart(ANNA, grouped("", "type")).series().get(0).counts());
    assertEquals(List.of(1), chart(RITA, grouped("", "type")).series().get(0).counts());
    it.gate.add(
        RecordVisibility.class,
        context -> new Filter.Not(new Filter.Is("requester", "3")),
        Map.of());
    assertEquals(List.of(1), chart(ANNA, grouped("", "type")).series().get(0).counts());
    assertEquals(List.of(), chart(RITA, grouped("", "type")).points());
  }

  @Test
  void refusesWhatItCannotAnswer() {
    assertEquals(ErrorKind.INVALID, refused(count("assignee:nobody-here")));
    assertEquals(ErrorKind.INVALID, refused(grouped("", "subject")));
    assertEquals(
        ErrorKind.INVALID, refused(new FigureValues(null, "", null, null, null, null, null, null)));
  }

  private ErrorKind refused(FigureValues values) {
    return assertThrows(DomainException.class, () -> ask(ANNA, values)).kind();
  }

  @Test
  void tellsStatesApartThatAreCalledTheSame() {
    assertEquals(
        List.of("New", "Waiting (Incidents)", "Waiting (Requests)"),
        it.as(ANNA, () -> labels().of("state", List.of("waiting", "new", "pending"))).stream()
            .map(GroupLabels.Label::text)
            .toList());
    assertEquals(
        "Waiting", it.as(ANNA, () -> labels().of("state", List.of("waiting"))).get(0).text());
  }

  private Answer ask(Caller caller, FigureValues values) {
    Charts charts = new Charts(it.lists, labels(), it.callers, Clock.fixed(now, ZoneOffset.UTC));
    Figures figures = new Figures(new FigureRules(it.lists), it.lists, charts);
    return it.as(caller, () -> figures.answer(values));
  }

  private GroupLabels labels() {
    return new GroupLabels(
        it.registry,
        it.people,
        (text, locale) ->
            locale.equals(Locale.ENGLISH) ? WORDS.getOrDefault(text.key(), text.key()) : "?",
        it.callers);
  }

  private Chart chart(Caller caller, FigureValues values) {
    return ((Answer.Drawn) ask(caller, values)).chart();
  }

  private static FigureValues count(String q) {
    return new FigureValues("count", q, null, null, null, null, null, null);
  }

  private static FigureValues grouped(String q, String by) {
    return new FigureValues("chart", q, null, null, "bar", by, null, null);
  }

  private static FigureValues overTime(int days) {
    return new FigureValues("chart", "", null, null, "bar", null, List.of("createdAt"), days);
  }

  private void create(Caller caller, Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("subject", "count me");
    it.as(caller, () -> it.desk.create("incident", all, true));
  }
}
