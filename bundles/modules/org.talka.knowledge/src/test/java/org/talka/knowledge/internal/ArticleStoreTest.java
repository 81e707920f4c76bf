/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Signature;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.knowledge.internal.store.Enclosure;
import org.talka.knowledge.internal.store.EnclosureStore;
import org.talka.testkit.persistence.PersistenceTest;

@PersistenceTest(units = "knowledge")
class ArticleStoreTest {
  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
  private static final Signature ANNA = new Signature(1L, "Anna");

  private final Database database;
  private ArticleStore store;

  ArticleStoreTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    store = new ArticleStore(database);
  }

  private static Words words(String body) {
    return new Words("Title of " + body, "Summary of " + body, body.repeat(5_000), "");
  }

  private Article draft(String body) {
    Article article = new Article(store.nextArticle(), "faq", Audience.AGENTS, "en", 1L, NOW);
    return store.write(
        em -> {
          ArticleVersion first =
              new ArticleVersion(article.id(), article.nextNumber(), 0, ANNA, words(body), NOW);
          article.works(first);
          em.persist(article);
          em.persist(first);
          return article;
        });
  }

  private static Article find(jakarta.persistence.EntityManager em, Article article) {
    return em.find(Article.class, article.id());
  }

  private static ArticleVersion find(
      jakarta.persistence.EntityManager em, Article article, int number) {
    return em.find(ArticleVersion.class, new ArticleVersion.Key(article.id(), number));
  }

  private void publish(Article article, int number, Instant at) {
    store.write(
        em -> {
          Article row = find(em, article);
          row.published().ifPresent(before -> find(em, row, before).replaced(at));
          ArticleVersion version = find(em, row, number);
          version.submit(null, at);
          version.approve(ANNA, null, at);
          version.publish(ANNA, at);
          row.publish(version);
          row.touched(at);
          return null;
        });
  }

  private void begin(Article article, String body, Instant at) {
    store.write(
        em -> {
          Article row = find(em, article);
          ArticleVersion next =
              new ArticleVersion(row.id(), row.nextNumber(), 1, ANNA, words(body), at);
          em.persist(next);
          row.works(next);
          row.touched(at);
          return null;
        });
  }

  @Test
  void whatReadersSawAtATimeIsFoundAgain() {
    Article article = draft("a");
    publish(article, 1, NOW.plusSeconds(10));
    begin(article, "b", NOW.plusSeconds(20));
    publish(article, 2, NOW.plusSeconds(30));
    assertEquals(Optional.empty(), seen(article, 9));
    assertEquals(Optional.of(1), seen(article, 10));
    assertEquals(Optional.of(1), seen(article, 29));
    assertEquals(Optional.of(2), seen(article, 30));
    assertEquals(
        List.of(2, 1),
        store.versions(article.id(), Integer.MAX_VALUE, 9).stream()
            .map(ArticleVersion::number)
            .toList());
    assertEquals("a".repeat(5_000), store.version(article.id(), 1).orElseThrow().words().body());
  }

  private Optional<Integer> seen(Article article, int seconds) {
    return store.seenAt(article.id(), NOW.plusSeconds(seconds)).map(ArticleVersion::number);
  }

  @Test
  void thePublishedVersionLeadsAndElseTheOneThatIsBeingWritten() {
    Article published = draft("a");
    publish(published, 1, NOW.plusSeconds(1));
    begin(published, "b", NOW.plusSeconds(2));
    Article draft = draft("c");
    Map<Long, Article> read = store.byIds(List.of(published.id(), draft.id()));
    Map<Long, ArticleVersion> leading = store.leading(read.values());
    assertEquals(1, leading.get(published.id()).number());
    assertEquals("Title of c", leading.get(draft.id()).title());
    assertEquals(
        Map.of(published.id(), "Summary of a", draft.id(), "Summary of c"),
        store.summaries(read.values()));
    Article row = read.get(published.id());
    assertEquals(Stage.PUBLISHED, row.state());
    assertEquals(Optional.of(Stage.DRAFT), row.workingState());
    assertEquals("Title of a", row.title());
  }

  @Test
  void aTextThatWasHandedInDoesNotChange() {
    Article article = draft("a");
    store.write(
        em -> {
          ArticleVersion version = find(em, article, 1);
          version.submit(null, NOW);
          assertThrows(IllegalStateException.class, () -> version.write(ANNA, words("b"), NOW));
          return null;
        });
  }

  @Test
  void numbersAreNotGivenTwice() {
    Article article = draft("a");
    assertTrue(new ArticleStore(database).nextArticle() > article.id());
    assertEquals(Optional.of(article.id()), Article.idOf(article.key()));
    assertEquals(Optional.of(12L), Article.idOf("kb-000012"));
    assertEquals(Optional.empty(), Article.idOf("KB-x"));
    assertEquals(List.of(1L), store.owners());
  }

  @Test
  void filesComeBackByteForByte() {
    EnclosureStore files = new EnclosureStore(database);
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    Enclosure file =
        new Enclosure(files.nextId(), 7, 2, "plāns.png", "image/png", content, "Anna", NOW);
    files.add(file);
    assertArrayEquals(content, files.find(7, file.line().id()).orElseThrow().content());
    assertEquals(List.of(file.line()), files.of(7));
    assertTrue(files.find(8, file.line().id()).isEmpty(), "another article's");
    assertTrue(!files.remove(8, file.line().id()));
    assertTrue(files.remove(7, file.line().id()));
    assertEquals(List.of(), files.of(7));
    files.add(new Enclosure(files.nextId(), 7, 1, "a.txt", "", content, "Anna", NOW));
    files.add(new Enclosure(files.nextId(), 7, 2, "b.txt", "", content, "Anna", NOW));
    files.discard(7, 2);
    assertEquals(List.of("a.txt"), files.of(7).stream().map(Enclosure.Line::name).toList());
  }
}
