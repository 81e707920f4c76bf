/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.event.DomainEvents;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;

/** Announces what happened to tickets. */
@Component(service = TicketEvents.class)
public class TicketEvents {
  /** Where an event carries the keywords that its visibility goes by. */
  static final String KEYWORDS = "keywords";

  /** When it happened, if that is not when it was written. */
  public static final String HAPPENED = "happenedAt";

  private final DomainEvents events;
  private final DeskClock clock;

  @Activate
  public TicketEvents(@Reference DomainEvents events, @Reference DeskClock clock) {
    this.events = events;
    this.clock = clock;
  }

  void publish(TicketWriter.Write write, TicketImage ticket) {
    boolean saysOnly = write.operation() == Operation.COMMENT && write.kind().equals("commented");
    if (!saysOnly) {
      publish(write, ticket, write.kind(), write.internal());
    }
    write.comment().ifPresent(comment -> publish(write, ticket, "commented", comment.internal()));
  }

  /**
   * Something happened to a ticket that no write of the desk did: a module's records came or went.
   *
   * @param kind for example {@code purged}
   */
  public void publish(TicketImage ticket, String kind) {
    publish(ticket, kind, false);
  }

  /**
   * @param internal whether requesters must not hear of it
   */
  public void publish(TicketImage ticket, String kind, boolean internal) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", ticket.id().value());
    data.put("key", ticket.key());
    data.put("type", ticket.type());
    data.put("version", ticket.version());
    data.put("change", kind);
    data.put("internal", internal);
    data.put("state", ticket.state());
    data.put(KEYWORDS, keywords(ticket));
    clock.past().ifPresent(at -> data.put(HAPPENED, at.toString()));
    events.publish("ticket." + kind, "ticket:" + ticket.key(), data);
  }

  private static Map<String, Object> keywords(TicketImage ticket) {
    Map<String, Object> keywords = new LinkedHashMap<>();
    for (String field : TicketKeywords.BUILT_IN) {
      Set<String> words = TicketKeywords.of(ticket, field);
      if (!words.isEmpty()) {
        keywords.put(field, List.copyOf(words));
      }
    }
    return keywords;
  }

  private void publish(
      TicketWriter.Write write, TicketImage ticket, String kind, boolean internal) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", ticket.id().value());
    data.put("key", ticket.key());
    data.put("type", ticket.type());
    data.put("version", ticket.version());
    data.put("change", kind);
    data.put("internal", internal);
    data.put("state", ticket.state());
    write.before().ifPresent(before -> putBefore(data, before));
    if (kind.equals("commented")) {
      write.comment().ifPresent(comment -> putComment(data, comment));
    }
    data.put("fields", write.extra().stream().map(Change::field).distinct().toList());
    data.put(KEYWORDS, keywords(ticket));
    clock.past().ifPresent(at -> data.put(HAPPENED, at.toString()));
    events.publish("ticket." + kind, "ticket:" + ticket.key(), data);
  }

  /** What was before, as far as somebody has to be told of the difference. */
  private static void putBefore(Map<String, Object> data, TicketImage before) {
    data.put("stateBefore", before.state());
    before.assignee().ifPresent(person -> data.put("assigneeBefore", person.value()));
    before.team().ifPresent(team -> data.put("teamBefore", team.value()));
  }

  private static void putComment(Map<String, Object> data, CommentImage comment) {
    data.put("comment", comment.id());
    if (!comment.mentioned().people().isEmpty()) {
      data.put("mentions", comment.mentioned().people().stream().map(PersonId::value).toList());
    }
    if (!comment.mentioned().teams().isEmpty()) {
      data.put("teamMentions", comment.mentioned().teams().stream().map(TeamId::value).toList());
    }
  }
}
