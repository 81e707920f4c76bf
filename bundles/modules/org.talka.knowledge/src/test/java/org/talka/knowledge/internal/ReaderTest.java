/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.query.Filter;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Signature;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.testkit.persistence.PersistenceTest;

/** What a page shows and what a list shows is one rule. */
@PersistenceTest(units = "knowledge")
class ReaderTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-06-15");
  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");

  private final Database database;
  private final ArticleStore store;

  ReaderTest(Database database) {
    this.database = database;
    this.store = new ArticleStore(database);
  }

  private static Reader reader(boolean writes, boolean agent, Long person, Set<TeamId> teams) {
    return new Reader(
        false, writes, agent, Optional.ofNullable(person).map(PersonId::new), teams, TODAY, true);
  }

  private static List<Reader> readers() {
    Set<TeamId> teams = Set.of(new TeamId(3), new TeamId(33));
    return List.of(
        reader(false, false, null, Set.of()),
        reader(false, false, 1L, Set.of()),
        reader(false, true, 2L, Set.of()),
        reader(false, true, 3L, teams),
        reader(true, true, 4L, Set.of()),
        reader(true, true, 5L, teams),
        new Reader(true, true, true, Optional.of(new PersonId(6)), Set.of(), TODAY, true));
  }

  private Article article(Random random) {
    Audience audience = Audience.values()[random.nextInt(4)];
    Article article =
        new Article(store.nextArticle(), "faq", audience, "en", (long) random.nextInt(7), NOW);
    article.audience(audience, Set.of((long) random.nextInt(4), (long) (30 + random.nextInt(4))));
    article.reviewer(random.nextBoolean() ? null : (long) random.nextInt(7));
    article.valid(day(random), day(random));
    article.reviewDue(day(random));
    Words words = new Words("Title", "", "", "");
    ArticleVersion version =
        new ArticleVersion(
            article.id(), article.nextNumber(), 0, new Signature(1L, "Anna"), words, NOW);
    article.works(version);
    if (random.nextInt(3) > 0) {
      article.publish(version);
    }
    if (random.nextInt(5) == 0) {
      article.retire();
    }
    article.touched(NOW.minusSeconds(random.nextInt(1_000)));
    return article;
  }

  private static Optional<LocalDate> day(Random random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(TODAY.plusDays(random.nextInt(5) - 2));
  }

  private List<Article> fill() {
    Random random = new Random(7);
    List<Article> all = new ArrayList<>();
    database.write(
        em -> {
          for (int i = 0; i < 300; i++) {
            all.add(article(random));
            em.persist(all.get(i));
          }
          return null;
        });
    return all;
  }

  private Set<Long> list(Filter filter) {
    Set<Long> seen = new HashSet<>();
    Optional<ArticleStore.Place> after = Optional.empty();
    Article last = null;
    while (true) {
      List<Article> page = store.list(filter, after, 17);
      for (Article article : page) {
        assertTrue(last == null || !article.updatedAt().isAfter(last.updatedAt()), "the order");
        assertTrue(seen.add(article.id()), "twice");
        last = article;
      }
      if (page.size() < 17) {
        return seen;
      }
      after = Optional.of(new ArticleStore.Place(last.updatedAt(), last.id()));
    }
  }

  @Test
  void listsShowWhatPagesShowToEveryReader() {
    List<Article> all = fill();
    Set<Integer> sizes = new HashSet<>();
    for (Reader reader : readers()) {
      Set<Long> sees =
          all.stream().filter(reader::sees).map(Article::id).collect(Collectors.toSet());
      assertEquals(sees, list(reader.visible()), reader.toString());
      Set<Long> not = list(new Filter.Not(reader.visible()));
      assertEquals(all.size() - sees.size(), not.size(), "not seen by " + reader);
      sizes.add(sees.size());
    }
    assertEquals(readers().size(), sizes.size(), "readers that see the same prove less");
  }

  @Test
  void aWiderRightNeverSeesLess() {
    List<Article> all = fill();
    List<Reader> readers = readers();
    for (Article article : all) {
      for (int i : new int[] {0, 1, 2}) {
        // the same person, or one about whom the article says nothing
        assertTrue(!readers.get(i).sees(article) || readers.get(i + 1).sees(article));
      }
      assertTrue(readers.get(6).sees(article));
    }
  }
}
