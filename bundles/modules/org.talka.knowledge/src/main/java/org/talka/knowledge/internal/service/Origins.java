/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.ticket.Comment;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.Use;

/**
 * Where new articles come from: an empty page, a ticket that was solved, an article in another
 * language.
 */
@Component(service = Origins.class)
public class Origins {
  private static final String FROM_TICKET = "fromTicket";
  private static final String TRANSLATION_OF = "translationOf";

  private final Editing editing;
  private final Translations translations;
  private final Usage usage;
  private final Tickets tickets;

  @Activate
  public Origins(
      @Reference Editing editing,
      @Reference Translations translations,
      @Reference Usage usage,
      @Reference Tickets tickets) {
    this.editing = editing;
    this.translations = translations;
    this.usage = usage;
    this.tickets = tickets;
  }

  /** What is given counts more than what the ticket says. */
  public Article create(Map<String, Object> given) {
    if (given.containsKey(TRANSLATION_OF)) {
      return translations.begin(String.valueOf(given.get(TRANSLATION_OF)), given);
    }
    if (!given.containsKey(FROM_TICKET)) {
      return editing.create(given);
    }
    String key = String.valueOf(given.get(FROM_TICKET));
    Ticket ticket =
        tickets
            .find(key)
            .orElseThrow(
                () -> DomainException.invalid(FROM_TICKET, "error.knowledge.field.ticket"));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", "solution");
    values.put("title", clipped(ticket.subject(), ArticleValues.MAX_TITLE));
    values.put("body", body(ticket));
    given.forEach(values::put);
    values.remove(FROM_TICKET);
    return editing.create(
        values, (article, draft) -> usage.use(article, draft.number(), ticket.key(), Use.SOURCE));
  }

  /** What was asked, and the last answer; notes stay inside. */
  private String body(Ticket ticket) {
    List<Comment> replies =
        tickets.comments(ticket.key()).stream().filter(comment -> !comment.internal()).toList();
    String answer = replies.isEmpty() ? "" : replies.get(replies.size() - 1).body();
    String both = ticket.description().strip() + "\n\n---\n\n" + answer.strip();
    return clipped(both.strip(), ArticleValues.MAX_BODY);
  }

  private static String clipped(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
