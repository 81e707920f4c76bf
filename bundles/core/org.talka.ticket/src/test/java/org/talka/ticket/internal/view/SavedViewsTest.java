/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.util.List;
import java.util.Map;
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
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.share.Audience;
import org.talka.ticket.internal.store.ViewStore;

@PersistenceTest(units = "ticket")
class SavedViewsTest {
  private static final Caller IN_NETWORK =
      FakeCaller.agent(1, "anna").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller COLLEAGUE =
      FakeCaller.agent(2, "bruno").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller STRANGER = FakeCaller.agent(9, "kalvis");
  private static final Caller MANAGER =
      FakeCaller.agent(8, "marta").with("view:share", GrantScope.ALL);

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private SavedViews views;

  SavedViewsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    views =
        new SavedViews(
            new ViewStore(database),
            new ViewRules(it.people, it.lists),
            it.numbers,
            it.callers,
            it.people,
            transactions);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void aViewComesBackAsItWasSaved() {
    SavedView saved =
        it.as(
            ANNA,
            () ->
                views.create(
                    new ViewValues(
                        " My week ",
                        "assignee:me",
                        "-priority",
                        List.of("key", "subject", "problem.cause"),
                        null,
                        null)));
    assertEquals("My week", saved.name());
    assertEquals(Audience.PRIVATE, saved.sharing().audience());
    assertEquals(List.of(saved), it.as(ANNA, views::mine));
    assertEquals(saved, it.as(ANNA, () -> views.get(saved.id())));
  }

  @Test
  void onlyThoseSeeAViewWithWhomItIsShared() {
    SavedView own = save(IN_NETWORK, "own", "private", null);
    SavedView team = save(IN_NETWORK, "team", "team", "network");
    SavedView all = save(MANAGER, "all", "everybody", null);
    assertEquals(List.of(own, team, all), it.as(IN_NETWORK, views::mine));
    assertEquals(List.of(team, all), it.as(COLLEAGUE, views::mine));
    assertEquals(List.of(all), it.as(STRANGER, views::mine));
    assertEquals(ErrorKind.NOT_FOUND, refused(COLLEAGUE, () -> views.get(own.id())).kind());
    assertEquals(ErrorKind.NOT_FOUND, refused(STRANGER, () -> views.get(team.id())).kind());
    assertEquals(ErrorKind.NOT_FOUND, refused(MANAGER, () -> views.remove(own.id())).kind());
  }

  @Test
  void sharingAsksForTheRightToIt() {
    assertEquals(
        ErrorKind.FORBIDDEN,
        refused(ANNA, () -> views.create(named("all", "everybody", null))).kind());
    assertEquals(
        List.of("team"),
        fields(refused(ANNA, () -> views.create(named("team", "team", "network")))));
    assertEquals(
        List.of("team"), fields(refused(MANAGER, () -> views.create(named("x", "team", "none")))));
  }

  @Test
  void aSharedViewIsChangedByItsOwnerAndByWhoKeepsSharedOnes() {
    SavedView all = save(MANAGER, "all", "everybody", null);
    ViewValues renamed = new ViewValues("renamed", null, null, null, null, null);
    assertEquals(
        ErrorKind.FORBIDDEN, refused(ANNA, () -> views.change(all.id(), 1, renamed)).kind());
    assertFalse(it.as(ANNA, () -> views.mayChange(all)));
    SavedView after = it.as(MANAGER, () -> views.change(all.id(), 1, renamed));
    assertEquals("renamed", after.name());
    assertEquals(all.query(), after.query());
    assertEquals(Audience.EVERYBODY, after.sharing().audience());
    assertEquals(
        ErrorKind.STALE, refused(MANAGER, () -> views.change(all.id(), 1, renamed)).kind());
    it.as(
        MANAGER,
        () -> {
          views.remove(all.id());
          return null;
        });
    assertEquals(List.of(), it.as(ANNA, views::mine));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    ViewValues wrong =
        new ViewValues(
            " ", "assignee:nobody-here", "colour", List.of("key", "key"), "the cat", null);
    assertEquals(
        Set.of("name", "q", "sort", "columns", "audience"),
        Set.copyOf(fields(refused(ANNA, () -> views.create(wrong)))));
    assertEquals(
        List.of("name"),
        fields(refused(ANNA, () -> views.create(named("x".repeat(81), null, null)))));
    assertEquals(
        List.of("name"), fields(refused(ANNA, () -> views.create(named("a\u0000b", null, null)))));
  }

  @Test
  void nobodyKeepsMoreViewsThanANavigationCanShow() {
    for (int i = 0; i < 50; i++) {
      save(ANNA, "view " + i, null, null);
    }
    assertEquals(
        ErrorKind.CONFLICT, refused(ANNA, () -> views.create(named("more", null, null))).kind());
    assertEquals(1, it.as(COLLEAGUE, () -> views.create(named("mine", null, null))).version());
  }

  @Test
  void countsWhatTheCallerSeesAndNoFurtherThanTheBound() {
    for (int i = 0; i < 5; i++) {
      Caller caller = i < 3 ? RITA : SANDIS;
      it.as(caller, () -> it.desk.create("incident", Map.of("subject", "count me"), true));
    }
    it.deliver();
    // from an index of the database
    assertEquals(5, count(ANNA, "state:open", 10));
    assertEquals(4, count(ANNA, "state:open", 4));
    assertEquals(0, count(ANNA, "assignee:me", 10));
    // from the search index
    assertEquals(3, count(ANNA, "requester:rita", 10));
    assertEquals(2, count(ANNA, "requester:rita", 2));
    assertEquals(2, count(SANDIS, "state:open", 10));
    assertTrue(refused(ANNA, () -> it.lists.count("assignee:nobody-here", 10)) != null);
  }

  private int count(Caller caller, String query, int most) {
    return it.as(caller, () -> it.lists.count(query, most));
  }

  private SavedView save(Caller caller, String name, String audience, String team) {
    return it.as(caller, () -> views.create(named(name, audience, team)));
  }

  private static ViewValues named(String name, String audience, String team) {
    return new ViewValues(name, "state:open", null, null, audience, team);
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
