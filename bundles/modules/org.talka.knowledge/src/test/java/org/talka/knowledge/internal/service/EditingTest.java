/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.talka.knowledge.internal.archive.KnowledgeDesk.answering;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.event.DomainEvents;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.search.DocumentIndex;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.Comment;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketGuard;
import org.talka.api.ticket.TicketReferences;
import org.talka.knowledge.internal.FakePeople;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.Enclosure;
import org.talka.knowledge.internal.store.EnclosureStore;
import org.talka.knowledge.internal.store.Use;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.security.TestCaller;
import org.talka.testkit.security.TestCallers;

/** What an article becomes in the hands of those who write, review and read it. */
@PersistenceTest(units = "knowledge")
class EditingTest {
  private static final Caller ANNA =
      TestCaller.person(1, Reader.AGENTS, Reader.WRITE, Reader.PUBLISH);
  private static final Caller BRUNO =
      TestCaller.person(2, Reader.AGENTS, Reader.WRITE, Reader.PUBLISH);
  private static final Caller RITA =
      TestCaller.person(3, Reader.AGENTS, Reader.WRITE, Reader.PUBLISH, Reader.REVIEW);
  private static final Caller MARTA = TestCaller.person(4, Reader.WRITE, Reader.MANAGE);
  private static final Caller READER = TestCaller.person(9);

  private final Database database;
  private final Transactions transactions;
  private final List<String> told = new ArrayList<>();
  private final TestCallers callers = new TestCallers(ANNA);
  private ArticleStore store;
  private UseStore uses;
  private Library library;
  private ArticleIndex index;
  private Editing editing;
  private Translations translations;
  private Enclosures enclosures;
  private AudienceGuard guard;

  EditingTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    store = new ArticleStore(database);
    uses = new UseStore(database);
    library = new Library(store, callers, transactions);
    DocumentIndex none =
        answering(DocumentIndex.class, Map.of("durable", Optional.empty(), "size", 0L));
    index = new ArticleIndex(none, store, uses, transactions);
    TicketReferences references =
        TicketReferences.class.cast(
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TicketReferences.class},
                (proxy, method, words) -> told.add(words[1] + " " + words[2])));
    EnclosureStore files = new EnclosureStore(database);
    editing =
        new Editing(
            store,
            uses,
            files,
            library,
            new ArticleValues(store, library, new FakePeople()),
            index,
            references,
            answering(DomainEvents.class, Map.of()),
            answering(Audit.class, Map.of()));
    translations = new Translations(store, library, editing);
    enclosures = new Enclosures(files, library, editing);
    Usage usage = new Usage(uses, library, null, references, new FakePeople(), index, transactions);
    guard = new AudienceGuard(store, uses, usage);
  }

  @AfterEach
  void close() throws InterruptedException {
    index.close();
  }

  private Article create(Caller who, Map<String, Object> values) {
    callers.is(who);
    return editing.create(values);
  }

  private Article draft(Map<String, Object> more) {
    Map<String, Object> values = new LinkedHashMap<>(more);
    values.putIfAbsent("title", "Lamps");
    return create(ANNA, values);
  }

  private void step(Caller who, Article article, Step step) {
    callers.is(who);
    editing.step(article.key(), step, "so", version(article));
  }

  private long version(Article article) {
    return store.find(article.id()).orElseThrow().version();
  }

  private void publish(Article article) {
    step(ANNA, article, Step.SUBMIT);
    step(RITA, article, Step.APPROVE);
    step(ANNA, article, Step.PUBLISH);
  }

  private void change(Caller who, Article article, String field, Object value) {
    callers.is(who);
    editing.change(article.key(), version(article), Map.of(field, value));
  }

  private void refused(Caller who, Article article, String field, Object value) {
    DomainException no =
        assertThrows(DomainException.class, () -> change(who, article, field, value));
    assertEquals(ErrorKind.FORBIDDEN, no.kind(), field);
  }

  @Test
  void whoReadsItIsNotWidenedOnceItWasHandedIn() {
    Article article = draft(Map.of());
    change(ANNA, article, "audience", "people");
    step(ANNA, article, Step.SUBMIT);
    refused(ANNA, article, "audience", "public");
    step(RITA, article, Step.APPROVE);
    refused(ANNA, article, "audience", "public");
    change(RITA, article, "audience", "public");
    step(ANNA, article, Step.WITHDRAW);
    change(ANNA, article, "audience", "agents");
  }

  @Test
  void reviewersAreNotMadeByThemselves() {
    assertEquals(
        ErrorKind.FORBIDDEN,
        assertThrows(
                DomainException.class, () -> draft(Map.of("title", "x", "reviewer", "person1")))
            .kind());
    Article article = draft(Map.of("reviewer", "person2"));
    refused(ANNA, article, "reviewer", "person1");
    change(ANNA, article, "reviewer", "person3");
    step(ANNA, article, Step.SUBMIT);
    refused(BRUNO, article, "reviewer", "person2");
    refused(ANNA, article, "reviewer", "person2");
    change(RITA, article, "reviewer", "person2");
    step(BRUNO, article, Step.APPROVE);
    step(ANNA, article, Step.PUBLISH);
    refused(ANNA, article, "reviewer", "person4");
    refused(ANNA, article, "reviewDue", "2031-01-01");
    change(RITA, article, "reviewDue", "2031-01-01");
    change(ANNA, article, "body", "The next one");
    refused(ANNA, article, "reviewDue", "2032-01-01");
  }

  @Test
  void ticketsFollowWhatIsSaidOfAnArticleBeforeItIsOutAndWhenItIsNot() {
    Article article = draft(Map.of("audience", "people"));
    assertEquals("Lamps true", last());
    change(ANNA, article, "audience", "agents");
    callers.is(ANNA);
    editing.change(
        article.key(), version(article), Map.of("audience", "teams", "teams", List.of("team5")));
    assertEquals(article.key() + " true", last());
    change(ANNA, article, "audience", "people");
    publish(article);
    assertEquals("Lamps false", last());
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    change(RITA, article, "validFrom", today.plusDays(2).toString());
    assertEquals("Lamps true", last(), "not out yet");
    change(RITA, article, "validFrom", today.minusDays(9).toString());
    assertEquals("Lamps false", last());
    change(RITA, article, "validUntil", today.minusDays(2).toString());
    assertEquals("Lamps true", last(), "not out any more");
  }

  private String last() {
    return told.get(told.size() - 1);
  }

  @Test
  void filesReachReadersWithTheVersionThatTheyCameWith() {
    Article article = draft(Map.of("audience", "people", "body", "One"));
    Enclosure.Line first = enclosures.add(article.key(), "first", new byte[] {1});
    publish(article);
    Enclosure.Line next = enclosures.add(article.key(), "next", new byte[] {2});
    change(ANNA, article, "body", "Two");
    enclosures.add(article.key(), "more", new byte[] {3});
    assertEquals(List.of("first", "next", "more"), files(ANNA, article));
    assertEquals(List.of("first"), files(READER, article));
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> enclosures.get(article.key(), next.id())).kind());
    callers.is(ANNA);
    assertEquals(
        ErrorKind.CONFLICT,
        assertThrows(DomainException.class, () -> enclosures.remove(article.key(), first.id()))
            .kind());
    enclosures.remove(article.key(), next.id());
    step(ANNA, article, Step.DISCARD);
    assertEquals(List.of("first"), files(ANNA, article), "the others went with their draft");
    enclosures.add(article.key(), "third", new byte[] {4});
    change(ANNA, article, "body", "Three");
    publish(article);
    assertEquals(List.of("first", "third"), files(READER, article));
    callers.is(MARTA);
    enclosures.remove(article.key(), first.id());
    assertEquals(List.of("third"), files(READER, article));
  }

  private List<String> files(Caller who, Article article) {
    callers.is(who);
    return enclosures.of(article.key()).stream().map(Enclosure.Line::name).toList();
  }

  @Test
  void aTranslationLeadsToNoOriginalThatIsHidden() {
    Article original = draft(Map.of("audience", "people", "body", "Secret", "language", "en"));
    publish(original);
    callers.is(ANNA);
    Article translation =
        translations.begin(original.key(), Map.of("language", "lv", "audience", "people"));
    callers.is(RITA);
    editing.change(
        original.key(), version(original), Map.of("audience", "teams", "teams", List.of("team5")));
    callers.is(BRUNO);
    assertEquals(translation.id(), library.get(translation.key()).id());
    assertEquals(
        ErrorKind.INVALID,
        assertThrows(
                DomainException.class,
                () -> translations.begin(translation.key(), Map.of("language", "de")))
            .kind());
    callers.is(ANNA);
    translations.begin(translation.key(), Map.of("language", "de"));
  }

  @Test
  void repliesOfThoseWhoKnowAreReadAndNoOthers() {
    String secret = "The master code of the cabinet is kept in the second drawer on the left.";
    Article article = draft(Map.of("body", secret));
    publish(article);
    Use use = new Use(article.id(), "INC-1");
    use.used(1, Use.LINKED, "Anna", Instant.parse("2026-06-15T10:00:00Z"));
    uses.use(use);
    assertEquals(1, rejections(ANNA, "Hello,\n" + secret));
    assertEquals(1, rejections(ANNA, "See " + article.key()));
    assertEquals(0, rejections(ANNA, "Hello"));
    assertEquals(0, rejections(READER, "> " + secret + "\n" + secret + "\nWhat of it?"));
    assertEquals(0, rejections(READER, "What is " + article.key() + "?"));
  }

  private int rejections(Caller who, String body) {
    Comment comment = new Comment(1, new PersonId(1), body, false, Instant.EPOCH);
    Ticket ticket = answering(Ticket.class, Map.of("key", "INC-1", "requester", Optional.empty()));
    List<String> rejected = new ArrayList<>();
    TicketGuard.Context context =
        TicketGuard.Context.class.cast(
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TicketGuard.Context.class},
                (proxy, method, words) ->
                    switch (method.getName()) {
                      case "caller" -> who;
                      case "comment" -> Optional.of(comment);
                      case "after" -> ticket;
                      default -> {
                        rejected.add(method.getName());
                        yield null;
                      }
                    }));
    guard.check(context);
    return rejected.size();
  }
}
