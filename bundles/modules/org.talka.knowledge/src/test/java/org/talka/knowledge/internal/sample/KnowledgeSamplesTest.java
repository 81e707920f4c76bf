/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.module.SampleData;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.knowledge.internal.archive.KnowledgeDesk;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.service.Feedback;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.FeedbackStore;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.security.TestCaller;

@PersistenceTest(units = "knowledge")
class KnowledgeSamplesTest {
  private static final Set<String> AGENTS =
      Set.of("anna.ozola", "daniel.weber", "ieva.liepa", "kristine.vitola", "tomas.jansons");

  private final Instant now = Instant.now();
  private final Database database;
  private final Transactions transactions;
  private KnowledgeDesk desk;
  private List<Article> all;

  KnowledgeSamplesTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void fill() {
    desk = new KnowledgeDesk(database, transactions);
    Feedback feedback =
        new Feedback(
            new FeedbackStore(database, transactions),
            desk.uses,
            desk.library,
            desk.index,
            transactions);
    KnowledgeSamples samples =
        new KnowledgeSamples(
            desk.archiveImport, desk.arrivals, desk.uses, null, feedback, null, desk);
    transactions.required(
        () -> {
          samples.fill(new Story());
          return null;
        });
    all = desk.store.after(0, 100);
  }

  @AfterEach
  void close() throws InterruptedException {
    desk.close();
  }

  private final class Story implements SampleData.Context {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Optional<String> ticket(String subject) {
      return Optional.empty();
    }

    @Override
    public <T> T as(String username, Instant when, Supplier<T> work) {
      // who only asks sees what is out, and votes for that alone
      return desk.callers.as(
          AGENTS.contains(username) ? KnowledgeDesk.ANNA : TestCaller.person(7), work);
    }

    @Override
    public void afterwards(Runnable work) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void thereIsOneOfEachKind() {
    assertTrue(all.size() >= 15, all.size() + " articles");
    Set<Stage> states = EnumSet.noneOf(Stage.class);
    all.forEach(
        article -> {
          states.add(article.state());
          article.workingState().ifPresent(states::add);
          desk.store.versions(article.id(), 99, 99).forEach(v -> states.add(v.stage()));
        });
    assertEquals(EnumSet.allOf(Stage.class), states);
    assertEquals(
        EnumSet.allOf(Audience.class),
        all.stream().map(Article::audience).collect(Collectors.toSet()));
    assertEquals(
        Set.of("en", "lv"), all.stream().map(Article::language).collect(Collectors.toSet()));
    assertTrue(desk.store.categories().size() >= 4);
    assertTrue(all.stream().allMatch(article -> article.category().isPresent()));
    assertEquals(2, all.stream().filter(article -> article.source().isPresent()).count());
    assertTrue(all.stream().anyMatch(desk.library.reader()::overdue));
    assertTrue(
        desk.uses.figures(all.stream().map(Article::id).toList()).values().stream()
            .anyMatch(figures -> figures.views() > 100 && figures.helpful() > 0));
  }

  @Test
  void whatIsReplacedByAnotherWasTakenBackWhenThatCame() {
    Article old =
        all.stream().filter(article -> article.state() == Stage.RETIRED).findFirst().orElseThrow();
    Article next =
        all.stream()
            .filter(article -> article.supersedes().equals(Optional.of(old.id())))
            .findFirst()
            .orElseThrow();
    Instant ended = desk.store.version(old.id(), 1).orElseThrow().endedAt().orElseThrow();
    Instant came = desk.store.version(next.id(), 1).orElseThrow().publishedAt().orElseThrow();
    assertTrue(Duration.between(came, ended).abs().compareTo(Duration.ofHours(2)) < 0);
  }

  @Test
  void everythingHappenedInItsOrder() {
    Set<String> titles = new HashSet<>();
    for (Article article : all) {
      assertTrue(titles.add(article.title()), article.title());
      Instant before = article.createdAt();
      List<ArticleVersion> versions = desk.store.versions(article.id(), 99, 99);
      for (int i = versions.size() - 1; i >= 0; i--) {
        ArticleVersion version = versions.get(i);
        assertTrue(!version.createdAt().isBefore(before), article.title());
        before = version.publishedAt().orElse(version.changedAt());
        assertTrue(before.isBefore(now), article.title());
      }
    }
  }
}
