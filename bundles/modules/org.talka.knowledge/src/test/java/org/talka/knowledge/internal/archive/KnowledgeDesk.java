/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.event.DomainEvents;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.search.DocumentIndex;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.text.Translator;
import org.talka.api.ticket.TicketReferences;
import org.talka.knowledge.internal.FakePeople;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.service.ArticleValues;
import org.talka.knowledge.internal.service.Editing;
import org.talka.knowledge.internal.service.Enclosures;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.service.Shelves;
import org.talka.knowledge.internal.service.Translations;
import org.talka.knowledge.internal.store.ArrivalStore;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.EnclosureStore;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.testkit.security.TestCaller;
import org.talka.testkit.security.TestCallers;

/** The module on a test's database. */
public final class KnowledgeDesk extends FakePeople implements AutoCloseable {
  public static final Caller ANNA =
      TestCaller.person(1, Reader.AGENTS, Reader.WRITE, Reader.PUBLISH);
  public static final Caller RITA =
      TestCaller.person(
          3, Reader.AGENTS, Reader.WRITE, Reader.PUBLISH, Reader.REVIEW, Reader.MANAGE);

  public final List<String> audited = new ArrayList<>();
  public final ArticleStore store;
  public final UseStore uses;
  public final EnclosureStore files;
  public final ArrivalStore arrivals;
  public final Library library;
  public final ArticleIndex index;
  public final Editing editing;
  public final Translations translations;
  public final Enclosures enclosures;
  public final Shelves shelves;
  public final ArchiveExport export;
  public final ArchiveImport archiveImport;
  public final TestCallers callers = new TestCallers(RITA);

  public KnowledgeDesk(Database database, Transactions transactions) {
    store = new ArticleStore(database);
    uses = new UseStore(database);
    files = new EnclosureStore(database);
    arrivals = new ArrivalStore(database, store, files);
    library = new Library(store, callers, transactions);
    index =
        new ArticleIndex(
            answering(DocumentIndex.class, Map.of("durable", Optional.empty(), "size", 0L)),
            store,
            uses,
            transactions);
    TicketReferences references = answering(TicketReferences.class, Map.of());
    DomainEvents events = answering(DomainEvents.class, Map.of());
    Audit audit =
        (Audit)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Audit.class},
                (proxy, method, words) -> audited.add((String) words[0]) ? null : null);
    ArticleValues values = new ArticleValues(store, library, this);
    editing = new Editing(store, uses, files, library, values, index, references, events, audit);
    translations = new Translations(store, library, editing);
    enclosures = new Enclosures(files, library, editing);
    shelves = new Shelves(store, audit);
    Origin origin = new Origin(store, transactions);
    export = new ArchiveExport(store, files, this, origin);
    Translator keys = (text, locale) -> text.key();
    Acceptance acceptance =
        new Acceptance(
            store,
            arrivals,
            files,
            uses,
            values,
            shelves,
            library,
            export,
            origin,
            index,
            references,
            this,
            keys);
    archiveImport = new ArchiveImport(library, acceptance, transactions, events, audit);
  }

  @Override
  public void close() throws InterruptedException {
    index.close();
  }

  /** Answers what is given by the method's name, else nothing. */
  public static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, words) -> answers.get(method.getName())));
  }

  /** From now on it is somebody else. */
  public void is(Caller who) {
    callers.is(who);
  }

  public Article article(Map<String, Object> values) {
    is(ANNA);
    return editing.create(values);
  }

  public void publish(Article article) {
    step(ANNA, article, Step.SUBMIT);
    step(RITA, article, Step.APPROVE);
    step(ANNA, article, Step.PUBLISH);
  }

  public void step(Caller who, Article article, Step step) {
    is(who);
    editing.step(article.key(), step, "so", version(article));
  }

  public void change(Article article, String field, Object value) {
    is(ANNA);
    editing.change(article.key(), version(article), Map.of(field, value));
    is(RITA);
  }

  private long version(Article article) {
    return store.find(article.id()).orElseThrow().version();
  }
}
