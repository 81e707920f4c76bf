/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.WorkflowDefinition.Transition;
import org.talka.ticket.internal.model.Attachment;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.type.TicketType;

/** Replies and internal notes, and the history beside them. */
@Component(service = Conversation.class)
public class Conversation {
  private static final int MANY = 20;

  private final TicketReader reader;
  private final TicketWriter writer;
  private final TicketDesk desk;
  private final Workflow workflow;
  private final CommentRules rules;
  private final ConversationStore store;
  private final Transactions transactions;

  @Activate
  public Conversation(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference TicketDesk desk,
      @Reference Workflow workflow,
      @Reference CommentRules rules,
      @Reference ConversationStore store,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.writer = writer;
    this.desk = desk;
    this.workflow = workflow;
    this.rules = rules;
    this.store = store;
    this.transactions = transactions;
  }

  /**
   * Says something. A reply of the requester makes a ticket that waited or was resolved active
   * again.
   *
   * @param attachments ids of files that were put on the ticket before and go with the comment
   */
  public CommentImage say(String key, String body, boolean internal, List<Long> attachments) {
    return say(key, body, internal, attachments, Optional.empty());
  }

  /**
   * The same for somebody who has seen the conversation up to a comment.
   *
   * @param lastSeen the comment's id; a reply is refused when somebody else has replied since
   */
  public CommentImage say(
      String key, String body, boolean internal, List<Long> attachments, Optional<Long> lastSeen) {
    return transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage before = reader.lock(key);
          reader.require("ticket:comment", before);
          if (internal) {
            // alone it is for reading: tokens that only read have it, too
            reader.require("ticket:note", before);
          }
          if (!internal) {
            lastSeen.ifPresent(seen -> unanswered(before, seen));
          }
          Refusals refusals = new Refusals();
          String text = rules.check(body, "body", refusals);
          List<Long> files = files(before, attachments, refusals);
          refusals.raise();
          CommentImage comment = writer.comment(caller, before, text, internal);
          TicketType type = reader.type(before);
          TicketDraft draft = new TicketDraft(before);
          Optional<Transition> revival =
              internal ? Optional.empty() : workflow.revival(caller, type, before);
          revival.ifPresent(
              transition -> desk.pass(caller, type, before, draft, transition, Map.of(), refusals));
          Operation operation = revival.isPresent() ? Operation.TRANSITION : Operation.COMMENT;
          String kind = revival.isPresent() ? "transitioned" : "commented";
          writer.write(Write.of(caller, operation, kind, before, draft).with(comment), refusals);
          store.belong(files, comment);
          return comment;
        });
  }

  /**
   * @param after the id of the last comment of the page before, or 0
   */
  public List<CommentImage> comments(TicketImage ticket, long after, int limit) {
    return store.comments(ticket.id(), reader.internal(ticket), after, limit);
  }

  public List<HistoryEntry> history(TicketImage ticket, long after, int limit) {
    return store.history(ticket.id(), reader.internal(ticket), after, limit);
  }

  /** Two answers to one question are one too many. */
  private void unanswered(TicketImage ticket, long lastSeen) {
    Optional<CommentImage> other =
        store.comments(ticket.id(), false, lastSeen, MANY).stream()
            .filter(comment -> !comment.author().equals(reader.caller().person()))
            .findFirst();
    if (other.isPresent()) {
      throw DomainException.conflict(
          "error.ticket.comment.meanwhile", "name", other.get().authorName());
    }
  }

  /** Only files that the caller put there and that are in no comment yet. */
  private List<Long> files(TicketImage ticket, List<Long> given, Refusals refusals) {
    Set<Long> ids = new LinkedHashSet<>(given);
    if (ids.size() > MANY) {
      refusals.add("attachments", "error.ticket.field.too-many", "max", MANY);
      return List.of();
    }
    for (Long id : ids) {
      Optional<Attachment> mine =
          store
              .attachment(ticket.id(), id)
              .filter(file -> file.comment().isEmpty())
              .filter(file -> file.uploader().equals(reader.caller().person()));
      if (mine.isEmpty()) {
        refusals.add("attachments", "error.ticket.attachment.unknown", "id", id);
      }
    }
    return List.copyOf(ids);
  }
}
