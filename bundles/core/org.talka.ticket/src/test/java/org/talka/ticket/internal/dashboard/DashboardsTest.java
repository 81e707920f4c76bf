/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.TeamId;
import org.talka.api.ui.DashboardDefinition;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.share.Audience;
import org.talka.ticket.internal.store.DashboardStore;

@PersistenceTest(units = "ticket")
class DashboardsTest {
  private static final Caller IN_NETWORK =
      FakeCaller.agent(1, "anna").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller COLLEAGUE =
      FakeCaller.agent(2, "bruno").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller STRANGER = FakeCaller.agent(9, "kalvis");
  private static final Caller MANAGER =
      FakeCaller.agent(8, "marta").with("dashboard:share", GrantScope.ALL);

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private Dashboards dashboards;

  DashboardsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    dashboards =
        new Dashboards(
            new DashboardStore(database),
            new DashboardRules(it.people, new FigureRules(it.lists)),
            it.numbers,
            it.callers,
            it.people,
            transactions,
            new FakeDeclarations());
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void aDashboardComesBackAsItWasLaidOut() {
    List<WidgetValues> widgets =
        List.of(
            count("open", 0, 0, 3, 2),
            list("new", 3, 0, 6, 4),
            grouped("states", "bar", "state", 0, 4),
            overTime("flow", "line", List.of("createdAt", "resolvedAt"), 6, 4),
            contributed("risk", "change/change.risk", 9, 0));
    Dashboard kept =
        it.as(
            ANNA,
            () -> dashboards.create(new DashboardValues(" Morning ", 300, widgets, null, null)));
    assertEquals("Morning", kept.name());
    assertEquals(300, kept.refreshSeconds());
    assertEquals(Audience.PRIVATE, kept.sharing().audience());
    Dashboard read = it.as(ANNA, () -> dashboards.get(kept.id()));
    assertEquals(kept, read);
    assertEquals(widgets, read.widgets().stream().map(WidgetValues::of).toList());
    assertEquals(List.of(kept), it.as(ANNA, dashboards::mine));
  }

  @Test
  void onlyThoseSeeADashboardWithWhomItIsShared() {
    Dashboard own = keep(IN_NETWORK, "own", "private", null);
    Dashboard team = keep(IN_NETWORK, "team", "team", "network");
    Dashboard all = keep(MANAGER, "all", "everybody", null);
    assertEquals(List.of(own, team, all), it.as(IN_NETWORK, dashboards::mine));
    assertEquals(List.of(team, all), it.as(COLLEAGUE, dashboards::mine));
    assertEquals(List.of(all), it.as(STRANGER, dashboards::mine));
    assertEquals(ErrorKind.NOT_FOUND, refused(COLLEAGUE, () -> dashboards.get(own.id())).kind());
    assertEquals(ErrorKind.NOT_FOUND, refused(STRANGER, () -> dashboards.get(team.id())).kind());
    assertEquals(ErrorKind.NOT_FOUND, refused(MANAGER, () -> dashboards.remove(own.id())).kind());
  }

  @Test
  void sharingAsksForTheRightToIt() {
    assertEquals(
        ErrorKind.FORBIDDEN,
        refused(ANNA, () -> dashboards.create(named("all", "everybody", null))).kind());
    assertEquals(
        List.of("team"),
        fields(refused(ANNA, () -> dashboards.create(named("team", "team", "network")))));
  }

  @Test
  void aSharedOneIsChangedByItsOwnerAndByWhoKeepsSharedOnes() {
    Dashboard all = keep(MANAGER, "all", "everybody", null);
    DashboardValues renamed = new DashboardValues("renamed", null, null, null, null);
    assertEquals(
        ErrorKind.FORBIDDEN, refused(ANNA, () -> dashboards.change(all.id(), 1, renamed)).kind());
    assertFalse(it.as(ANNA, () -> dashboards.mayChange(all)));
    Dashboard after = it.as(MANAGER, () -> dashboards.change(all.id(), 1, renamed));
    assertEquals("renamed", after.name());
    assertEquals(all.widgets(), after.widgets());
    assertEquals(all.sharing(), after.sharing());
    assertEquals(
        ErrorKind.STALE, refused(MANAGER, () -> dashboards.change(all.id(), 1, renamed)).kind());
    it.as(
        MANAGER,
        () -> {
          dashboards.remove(all.id());
          return null;
        });
    assertEquals(List.of(), it.as(ANNA, dashboards::mine));
  }

  @Test
  void saysEverythingThatIsWrongWithAGrid() {
    assertEquals(
        Set.of("name", "refreshSeconds", "audience"),
        wrong(new DashboardValues(" ", 5, List.of(), "the cat", null)));
    assertEquals(
        Set.of("widgets[0].id", "widgets[0].column", "widgets[0].height"),
        wrong(grid(count("no id!", 10, 0, 3, 0))));
    assertEquals(Set.of("widgets[1]"), wrong(grid(count("a", 0, 0, 3, 2), count("b", 2, 1, 3, 2))));
    assertEquals(
        Set.of("widgets[1].id"), wrong(grid(count("a", 0, 0, 3, 2), count("a", 3, 0, 3, 2))));
    assertEquals(Set.of("widgets[0]"), wrong(grid((WidgetValues) null)));
    assertEquals(Set.of("widgets[0].source"), wrong(grid(contributed("a", "../x", 0, 0))));
    List<WidgetValues> many = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      many.add(count("w" + i, 0, i, 1, 1));
    }
    assertEquals(Set.of("widgets"), wrong(grid(many.toArray(WidgetValues[]::new))));
  }

  @Test
  void saysWhatIsWrongWithAFigure() {
    assertEquals(
        Set.of("widgets[0].kind"),
        wrong(grid(widget("a", "tower", "state:open", null, null, null))));
    assertEquals(
        Set.of("widgets[0].q"),
        wrong(grid(widget("a", "count", "assignee:nobody-here", null, null, null))));
    assertEquals(Set.of("widgets[0].by"), wrong(grid(widget("a", "chart", "", "bar", null, null))));
    assertEquals(Set.of("widgets[0].by"), wrong(grid(grouped("a", "bar", "subject", 0, 0))));
    assertEquals(Set.of("widgets[0].by"), wrong(grid(grouped("a", "bar", "key", 0, 0))));
    assertEquals(Set.of("widgets[0].shape"), wrong(grid(grouped("a", "line", "state", 0, 0))));
    assertEquals(
        Set.of("widgets[0].shape"), wrong(grid(overTime("a", "pie", List.of("createdAt"), 0, 0))));
    assertEquals(
        Set.of("widgets[0].over"), wrong(grid(overTime("a", "bar", List.of("birthday"), 0, 0))));
    assertEquals(
        Set.of("widgets[0].over"),
        wrong(grid(overTime("a", "bar", Arrays.asList((String) null), 0, 0))));
  }

  /** Whoever moves one widget must not be held up by another whose team or module is gone. */
  @Test
  void whatWasUnderstoodOnceMayStay() {
    FigureRules rules = new FigureRules(it.lists);
    FigureValues left = count("a", 0, 0, 3, 2, "assignee:nobody-here").figure();
    Figure kept = (Figure) count("a", 0, 0, 3, 2, "assignee:nobody-here").stored().content();
    it.as(
        ANNA,
        () -> {
          Refusals none = new Refusals();
          assertEquals(kept, rules.figure(left, "", Set.of(kept), none));
          none.raise();
          Refusals some = new Refusals();
          rules.figure(left, "", Set.of(), some);
          assertEquals(List.of("q"), fields(assertThrows(DomainException.class, some::raise)));
          return null;
        });
  }

  @Test
  void nobodyKeepsMoreDashboardsThanAMenuCanShow() {
    for (int i = 0; i < 30; i++) {
      keep(ANNA, "dashboard " + i, null, null);
    }
    assertEquals(
        ErrorKind.CONFLICT,
        refused(ANNA, () -> dashboards.create(named("more", null, null))).kind());
    assertEquals(1, it.as(BRUNO, () -> dashboards.create(named("mine", null, null))).version());
  }

  @Test
  void thereAreDashboardsToBeginWith() {
    assertEquals(
        List.of("desk.today", "desk.mine", "desk.satisfaction"),
        it.as(ANNA, dashboards::declared).stream().map(DashboardDefinition::key).toList());
    assertTrue(it.as(ANNA, () -> dashboards.declared("desk.today")).isPresent());
    assertTrue(it.as(ANNA, () -> dashboards.declared("desk.tomorrow")).isEmpty());
  }

  private static DashboardValues grid(WidgetValues... widgets) {
    return new DashboardValues("grid", null, Arrays.asList(widgets), null, null);
  }

  private static WidgetValues count(String id, int column, int row, int width, int height) {
    return count(id, column, row, width, height, "state:open");
  }

  private static WidgetValues count(
      String id, int column, int row, int width, int height, String q) {
    return new WidgetValues(
        id,
        "Open ones",
        "count",
        column,
        row,
        width,
        height,
        null,
        null,
        q,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static WidgetValues list(String id, int column, int row, int width, int height) {
    return new WidgetValues(
        id,
        "List",
        "list",
        column,
        row,
        width,
        height,
        null,
        null,
        "state:new",
        "-createdAt",
        12,
        null,
        null,
        null,
        null);
  }

  private static WidgetValues grouped(String id, String shape, String by, int column, int row) {
    return new WidgetValues(
        id, "Groups", "chart", column, row, 6, 4, null, null, "", null, null, shape, by, null,
        null);
  }

  private static WidgetValues overTime(
      String id, String shape, List<String> over, int column, int row) {
    return new WidgetValues(
        id, "Days", "chart", column, row, 6, 4, null, null, "", null, null, shape, null, over, 30);
  }

  private static WidgetValues contributed(String id, String source, int column, int row) {
    return new WidgetValues(
        id,
        null,
        "contributed",
        column,
        row,
        3,
        3,
        source,
        "Risk",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static WidgetValues widget(
      String id, String kind, String q, String shape, String by, List<String> over) {
    return new WidgetValues(
        id, "x", kind, 0, 0, 3, 2, null, null, q, null, null, shape, by, over, null);
  }

  private Dashboard keep(Caller caller, String name, String audience, String team) {
    return it.as(caller, () -> dashboards.create(named(name, audience, team)));
  }

  private static DashboardValues named(String name, String audience, String team) {
    return new DashboardValues(name, null, List.of(count("a", 0, 0, 3, 2)), audience, team);
  }

  private Set<String> wrong(DashboardValues values) {
    DomainException refused = refused(ANNA, () -> dashboards.create(values));
    assertEquals(ErrorKind.INVALID, refused.kind());
    return Set.copyOf(fields(refused));
  }

  private DomainException refused(Caller caller, Runnable work) {
    return assertThrows(
        DomainException.class,
        () ->
            it.as(
                caller,
                () -> {
                  work.run();
                  return null;
                }));
  }

  private static List<String> fields(DomainException refused) {
    return refused.fieldErrors().stream().map(FieldError::field).toList();
  }
}
