/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.notification.Notification;
import org.talka.api.notification.Notifications;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.GrantScope;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.knowledge.internal.archive.KnowledgeDesk;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ReminderStore;
import org.talka.testkit.persistence.PersistenceTest;

@PersistenceTest(units = "knowledge")
class ReviewsTest {
  private static final LocalDate DUE = LocalDate.parse("2030-05-20");

  private final Database database;
  private final Transactions transactions;
  private final List<String> told = new ArrayList<>();
  private final Set<Long> left = new HashSet<>();
  private final Set<Long> readers = new HashSet<>();
  private KnowledgeDesk desk;
  private Reviews reviews;
  private Article lamps;

  ReviewsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    desk = new KnowledgeDesk(database, transactions);
    reviews = new Reviews(new ReminderStore(database), new Bell(), people(), transactions);
    lamps = desk.article(Map.of("title", "Lamps", "owner", "person1", "reviewer", "person3"));
    desk.publish(lamps);
    due(DUE);
  }

  @AfterEach
  void close() throws InterruptedException {
    desk.close();
  }

  private void due(LocalDate day) {
    desk.is(KnowledgeDesk.RITA);
    desk.editing.change(
        lamps.key(),
        desk.store.find(lamps.id()).orElseThrow().version(),
        Map.of("reviewDue", day.toString()));
  }

  private final class Bell implements Notifications {
    @Override
    public int tell(Collection<PersonId> people, Notification told) {
      return say(people.stream().map(PersonId::value).toList().toString(), told);
    }

    @Override
    public int tellHolders(String permission, Notification told) {
      return say(permission, told);
    }

    private int say(String whom, Notification what) {
      told.add(whom + " " + what.text().key() + " " + what.text().args().get("day"));
      assertEquals(lamps.key(), what.record());
      assertEquals("knowledge.articles/" + lamps.key(), what.address());
      return 1;
    }
  }

  private People people() {
    return (People)
        Proxy.newProxyInstance(
            People.class.getClassLoader(),
            new Class<?>[] {People.class},
            (proxy, method, args) -> {
              PersonId id = (PersonId) args[0];
              if (method.getName().equals("grant")) {
                return readers.contains(id.value()) ? GrantScope.NONE : GrantScope.ALL;
              }
              boolean active = !left.contains(id.value());
              return Optional.of(
                  new Person(id, "p", "P", Optional.empty(), Optional.empty(), active));
            });
  }

  private int remind(LocalDate today) {
    return reviews.remind(today, () -> false);
  }

  @Test
  void ownerAndReviewerAreToldAWeekBeforeAndOnTheDayOnceEach() {
    assertEquals(0, remind(DUE.minusDays(8)));
    assertEquals(1, remind(DUE.minusDays(7)));
    assertEquals(0, remind(DUE.minusDays(7)));
    assertEquals(0, remind(DUE.minusDays(1)));
    assertEquals(1, remind(DUE));
    assertEquals(0, remind(DUE.plusDays(1)));
    assertEquals(0, remind(DUE.plusYears(1)));
    assertEquals(
        List.of(
            "[1, 3] knowledge.notice.soon 2030-05-20", "[1, 3] knowledge.notice.due 2030-05-20"),
        told);
  }

  @Test
  void anotherDayIsToldAnew() {
    remind(DUE);
    due(DUE.plusMonths(6));
    assertEquals(0, remind(DUE.plusDays(1)));
    assertEquals(1, remind(DUE.plusMonths(6).minusDays(3)));
    assertEquals("[1, 3] knowledge.notice.soon 2030-11-20", told.get(1));
  }

  @Test
  void whatWasNotLookedAtInTimeIsToldAsDueAlone() {
    assertEquals(1, remind(DUE.plusDays(40)));
    assertEquals(List.of("[1, 3] knowledge.notice.due 2030-05-20"), told);
  }

  @Test
  void whatNobodyLooksAfterIsToldToThoseWhoLookAfterAll() {
    left.add(1L);
    remind(DUE.minusDays(2));
    readers.add(3L);
    remind(DUE);
    assertEquals(
        List.of(
            "[3] knowledge.notice.soon 2030-05-20",
            "knowledge:manage knowledge.notice.due.nobody 2030-05-20"),
        told);
  }

  @Test
  void nobodyIsToldOfWhatIsNotOut() {
    desk.step(KnowledgeDesk.ANNA, lamps, org.talka.knowledge.internal.rule.Steps.Step.RETIRE);
    assertEquals(0, remind(DUE));
  }

  @Test
  void aRunThatEndsEarlyIsGoneOnWith() {
    assertEquals(0, reviews.remind(DUE, () -> true));
    assertEquals(1, remind(DUE));
  }
}
