/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.sample;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.module.SampleData;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.ticket.Tickets;
import org.talka.knowledge.internal.archive.ArchiveImport;
import org.talka.knowledge.internal.archive.Archives;
import org.talka.knowledge.internal.archive.Report;
import org.talka.knowledge.internal.service.Feedback;
import org.talka.knowledge.internal.service.Usage;
import org.talka.knowledge.internal.store.ArrivalStore;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.knowledge.internal.store.UseStore.Count;

/**
 * Articles of the demonstration, in English and Latvian, in all states and for all readers: brought
 * in as an archive, so that they have a past, then used on tickets and voted for.
 */
@Component
public class KnowledgeSamples implements SampleData {
  static final String ORIGIN = "talka-demonstration";

  /** What people of the demonstration looked for in vain, and how often. */
  private static final List<String> MISSED =
      List.of("parking permit", "parking permit", "parking permit", "autostāvvieta", "sap parole");

  private final ArchiveImport archives;
  private final ArrivalStore arrivals;
  private final UseStore uses;
  private final Usage usage;
  private final Feedback feedback;
  private final Tickets tickets;
  private final People people;

  @Activate
  public KnowledgeSamples(
      @Reference ArchiveImport archives,
      @Reference ArrivalStore arrivals,
      @Reference UseStore uses,
      @Reference Usage usage,
      @Reference Feedback feedback,
      @Reference Tickets tickets,
      @Reference People people) {
    this.archives = archives;
    this.arrivals = arrivals;
    this.uses = uses;
    this.usage = usage;
    this.feedback = feedback;
    this.tickets = tickets;
    this.people = people;
  }

  @Override
  public void fill(Context context) {
    List<SampleArticle> articles = SampleArticle.all();
    SampleHistory history = new SampleHistory(context.now(), this::name, articles);
    byte[] archive = Archives.of(ORIGIN, history.categories(), history.forms());
    Report report = archives.bring(new ByteArrayInputStream(archive), false);
    if (report.created() != articles.size()) {
      throw new IllegalStateException(report.problems().toString());
    }
    for (int i = 0; i < articles.size(); i++) {
      long article = arrivals.find(ORIGIN, SampleHistory.key(i)).orElseThrow().article();
      used(context, articles.get(i), article);
    }
    MISSED.forEach(words -> feedback.missed(words, "portal", 0));
  }

  private String name(String username) {
    return people.personByUsername(username).map(Person::displayName).orElse(username);
  }

  private void used(Context context, SampleArticle sample, long article) {
    String key = Article.key(article);
    uses.add(article, Count.VIEWS, sample.number("views"));
    sample.list("helped").forEach(who -> vote(context, who, key, true));
    sample.list("unhelpful").forEach(who -> vote(context, who, key, false));
    for (String subject : sample.get("tickets").map(List::of).orElse(List.of())) {
      Optional<String> ticket = context.ticket(subject);
      ticket.ifPresent(found -> link(context, sample.get("owner", ""), key, found));
    }
  }

  private void vote(Context context, String username, String key, boolean helpful) {
    context.as(
        username,
        context.now(),
        () -> {
          feedback.vote(key, helpful);
          return null;
        });
  }

  private void link(Context context, String username, String key, String ticket) {
    context.as(
        username,
        context.now(),
        () -> {
          usage.link(key, ticket);
          return null;
        });
    if (!tickets.get(ticket).category().open()) {
      uses.solved(ticket, true).forEach(solved -> uses.add(solved, Count.SOLVED, 1));
    }
  }
}
