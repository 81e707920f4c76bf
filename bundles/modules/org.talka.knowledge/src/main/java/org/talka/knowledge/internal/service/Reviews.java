/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.notification.Notification;
import org.talka.api.notification.Notifications;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.GrantScope;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.text.Text;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.Reminder;
import org.talka.knowledge.internal.store.ReminderStore;

/**
 * Tells owner and reviewer that a review comes up, a week before, and that it is due; each once for
 * each day of a review. What has neither any more is told to those who look after all articles.
 */
@Component(service = Reviews.class)
public class Reviews {
  private static final int AHEAD = 7;
  private static final int BATCH = 100;
  private static final LocalDate FIRST = LocalDate.ofEpochDay(1);
  private static final String PAGE = "knowledge.articles/";

  private final ReminderStore store;
  private final Notifications notifications;
  private final People people;
  private final Transactions transactions;

  @Activate
  public Reviews(
      @Reference ReminderStore store,
      @Reference Notifications notifications,
      @Reference People people,
      @Reference Transactions transactions) {
    this.store = store;
    this.notifications = notifications;
    this.people = people;
    this.transactions = transactions;
  }

  /**
   * @param stopping whether to end early; what is left is told the next time
   * @return of how many articles somebody was told
   */
  public int remind(LocalDate today, BooleanSupplier stopping) {
    return remind(FIRST, today, Reminder.DUE, stopping)
        + remind(today.plusDays(1), today.plusDays(AHEAD), Reminder.SOON, stopping);
  }

  private int remind(LocalDate first, LocalDate last, int told, BooleanSupplier stopping) {
    int reminded = 0;
    List<Article> open = store.open(first, last, told, BATCH);
    while (!open.isEmpty() && !stopping.getAsBoolean()) {
      for (Article article : open) {
        transactions.required(
            () -> {
              tell(article, told == Reminder.DUE);
              store.told(article, told);
              return null;
            });
      }
      reminded += open.size();
      open = store.open(first, last, told, BATCH);
    }
    return reminded;
  }

  private void tell(Article article, boolean due) {
    List<PersonId> whose =
        Stream.of(article.owner(), article.reviewer())
            .flatMap(java.util.Optional::stream)
            .map(PersonId::new)
            .distinct()
            .filter(this::looksAfterArticles)
            .toList();
    if (whose.isEmpty()) {
      String key = due ? "knowledge.notice.due.nobody" : "knowledge.notice.soon.nobody";
      notifications.tellHolders(Reader.MANAGE, notification(article, key));
    } else {
      String key = due ? "knowledge.notice.due" : "knowledge.notice.soon";
      notifications.tell(whose, notification(article, key));
    }
  }

  /** Whose account is open, and who still writes articles. */
  private boolean looksAfterArticles(PersonId id) {
    return people.person(id).filter(Person::active).isPresent()
        && people.grant(id, Reader.WRITE) != GrantScope.NONE;
  }

  private static Notification notification(Article article, String key) {
    Text text =
        Text.of(
            key,
            "title",
            article.title(),
            "day",
            article.reviewDue().map(LocalDate::toString).orElse(""));
    return new Notification(article.key(), text, PAGE + article.key());
  }
}
