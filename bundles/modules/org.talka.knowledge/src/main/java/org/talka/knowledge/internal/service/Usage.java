/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.security.People;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketReference;
import org.talka.api.ticket.TicketReferences;
import org.talka.api.ticket.Tickets;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.Use;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.knowledge.internal.store.UseStore.Count;

/** Articles on tickets: linked, and put into answers to those who may read them. */
@Component(service = Usage.class)
public class Usage {
  private static final String PAGE = "knowledge.articles/";

  /** One page of tickets. */
  private static final int MANY = 50;

  private final UseStore uses;
  private final Library library;
  private final Tickets tickets;
  private final TicketReferences references;
  private final People people;
  private final ArticleIndex index;
  private final Transactions transactions;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public Usage(
      @Reference UseStore uses,
      @Reference Library library,
      @Reference Tickets tickets,
      @Reference TicketReferences references,
      @Reference People people,
      @Reference ArticleIndex index,
      @Reference Transactions transactions) {
    this.uses = uses;
    this.library = library;
    this.tickets = tickets;
    this.references = references;
    this.people = people;
    this.index = index;
    this.transactions = transactions;
  }

  /** Links an article with a ticket, both ways. */
  public void link(String key, String ticketKey) {
    Article article = library.get(key);
    Ticket ticket = tickets.get(ticketKey);
    use(article, library.leading(article).number(), ticket.key(), Use.LINKED);
  }

  void use(Article article, int number, String ticketKey, String how) {
    transactions.required(
        () -> {
          references.add(
              ticketKey,
              new TicketReference(
                  article.key(),
                  Editing.referenceTitle(article),
                  PAGE + article.key(),
                  Editing.internal(article, library.reader())));
          Use use = new Use(article.id(), ticketKey);
          use.used(number, how, Editing.signature(library.caller()).name(), now());
          if (uses.use(use)) {
            uses.add(article.id(), Count.LINKS, 1);
          }
          index.later(List.of(article.id()));
          return null;
        });
  }

  public void unlink(String key, String ticketKey) {
    Article article = library.get(key);
    Ticket ticket = tickets.get(ticketKey);
    transactions.required(
        () -> {
          references.remove(ticket.key(), article.key());
          uses.forget(article.id(), ticket.key())
              .ifPresent(
                  gone -> {
                    uses.add(article.id(), Count.LINKS, -1);
                    uses.add(article.id(), Count.SOLVED, gone.solved() ? -1 : 0);
                    index.later(List.of(article.id()));
                  });
          return null;
        });
  }

  /**
   * The words that put an article into an answer, and the use remembered.
   *
   * @param internal whether it is a note, which the requester does not get
   * @param whole the text itself, not only a pointer to it
   * @throws DomainException CONFLICT when the requester may not read it
   */
  public Insertion insert(String key, String ticketKey, boolean internal, boolean whole) {
    Article article = library.get(key);
    Ticket ticket = tickets.get(ticketKey);
    if (!internal && !requester(ticket).sees(article)) {
      throw DomainException.conflict(
          "error.knowledge.audience", "key", article.key(), "title", article.title());
    }
    if (article.state() != Stage.PUBLISHED && !internal) {
      throw DomainException.conflict("error.knowledge.unpublished", "key", article.key());
    }
    ArticleVersion version = library.leading(article);
    use(article, version.number(), ticket.key(), internal ? Use.LINKED : Use.SENT);
    return new Insertion(words(article, version, internal, whole), version.number());
  }

  /** Words for an answer, and the version that they are of. */
  public record Insertion(String text, int number) {}

  private static String words(
      Article article, ArticleVersion version, boolean internal, boolean whole) {
    String page = internal ? "/app/m/knowledge/" : "/portal/m/knowledge/";
    String where = internal ? PAGE : "knowledge.help/";
    String pointer =
        "["
            + article.key()
            + ": "
            + escaped(version.title())
            + "]("
            + page
            + where
            + article.key()
            + ")";
    return whole && !version.words().body().isBlank()
        ? version.words().body().strip() + "\n\n" + pointer
        : pointer;
  }

  private static String escaped(String title) {
    return title.replaceAll("([\\[\\]\\\\])", "\\\\$1");
  }

  /** The ticket's requester as a reader. */
  public Reader requester(Ticket ticket) {
    return Reader.of(
        ticket.requester().flatMap(people::person),
        people,
        LocalDate.now(clock.withZone(ZoneOffset.UTC)),
        library.settings());
  }

  /** The ticket was solved, or is open again: what that says of the articles that were used. */
  void solved(String ticketKey, boolean solved) {
    List<Long> changed = uses.solved(ticketKey, solved);
    changed.forEach(article -> uses.add(article, Count.SOLVED, solved ? 1 : -1));
    if (!changed.isEmpty()) {
      index.later(changed);
    }
  }

  /** A use, and the ticket as the caller sees it. */
  public record OnTicket(Use use, Ticket ticket) {}

  /** The uses of an article on tickets that the caller sees, the latest first. */
  public List<OnTicket> of(Article article) {
    List<Use> all = uses.ofArticle(article.id(), MANY);
    if (all.isEmpty()) {
      return List.of();
    }
    List<Filter> keys =
        all.stream().map(use -> (Filter) new Filter.Is("key", use.ticket())).toList();
    Map<String, Ticket> seen =
        tickets.list(new Filter.AnyOf(keys), null, MANY, null).items().stream()
            .collect(Collectors.toMap(Ticket::key, Function.identity()));
    return all.stream()
        .filter(use -> seen.containsKey(use.ticket()))
        .map(use -> new OnTicket(use, seen.get(use.ticket())))
        .toList();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
