/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketLink;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.ImageValues;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.TicketExtensions;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.store.TicketStore;

/**
 * The one way in which tickets are written: guards, row, history, participants and event, all in
 * the transaction of the thread.
 */
@Component(service = TicketWriter.class)
public class TicketWriter {
  private final TicketStore store;
  private final ConversationStore conversation;
  private final NumberSeries numbers;
  private final TicketExtensions extensions;
  private final TicketEvents events;
  private final Audit audit;
  private final Mentions mentions;
  private final DeskClock clock;

  @Activate
  public TicketWriter(
      @Reference TicketStore store,
      @Reference ConversationStore conversation,
      @Reference NumberSeries numbers,
      @Reference TicketExtensions extensions,
      @Reference TicketEvents events,
      @Reference Audit audit,
      @Reference Mentions mentions,
      @Reference DeskClock clock) {
    this.store = store;
    this.conversation = conversation;
    this.numbers = numbers;
    this.extensions = extensions;
    this.events = events;
    this.audit = audit;
    this.mentions = mentions;
    this.clock = clock;
  }

  /**
   * What is to be written.
   *
   * @param kind the history's word for it
   * @param extra what changes beside the ticket's own values: links, watchers, attachments
   * @param internal whether requesters must not see it in the history
   * @param comment a comment that goes with it
   */
  public record Write(
      Caller caller,
      Operation operation,
      String kind,
      Optional<TicketImage> before,
      TicketDraft draft,
      List<Change> extra,
      boolean internal,
      Optional<CommentImage> comment,
      Optional<TicketLink> link) {

    public static Write of(
        Caller caller, Operation operation, String kind, TicketImage before, TicketDraft draft) {
      return new Write(
          caller,
          operation,
          kind,
          Optional.of(before),
          draft,
          List.of(),
          false,
          Optional.empty(),
          Optional.empty());
    }

    public Write with(CommentImage comment) {
      return new Write(
          caller, operation, kind, before, draft, extra, internal, Optional.of(comment), link);
    }

    public Write with(TicketLink link) {
      return new Write(
          caller, operation, kind, before, draft, extra, internal, comment, Optional.of(link));
    }

    /** Out of sight of requesters, or not. */
    public Write hidden(boolean internal) {
      return new Write(caller, operation, kind, before, draft, extra, internal, comment, link);
    }

    public Write with(Change change, boolean internal) {
      List<Change> more = new ArrayList<>(extra);
      more.add(change);
      return new Write(caller, operation, kind, before, draft, more, internal, comment, link);
    }
  }

  /** The time of a change. */
  public Instant now() {
    return clock.now();
  }

  public long id() {
    return numbers.id();
  }

  /** A comment by the caller on a ticket, not written yet. */
  public CommentImage comment(Caller caller, TicketImage ticket, String body, boolean internal) {
    return new CommentImage(
        numbers.id(),
        caller.person(),
        name(caller),
        body,
        internal,
        now(),
        mentions.in(body, caller, ticket, internal));
  }

  public TicketImage write(Write write, Refusals refusals) {
    Instant now = now();
    List<Change> watched =
        write.comment().map(comment -> mentions.watch(write.draft(), comment)).orElse(List.of());
    TicketImage after =
        write.draft().image(now, write.before().map(TicketImage::version).orElse(0L) + 1);
    List<Change> changes = new ArrayList<>(write.extra());
    changes.addAll(
        ImageValues.changes(
            write.before().map(ImageValues::all).orElse(Map.of()), ImageValues.all(after)));
    boolean idle =
        write.operation() == Operation.UPDATE && changes.isEmpty() && write.comment().isEmpty();
    if (idle) {
      refusals.raise();
      return write.before().orElseThrow();
    }
    extensions.guard(happening(write, after), refusals);
    refusals.raise();

    TicketImage saved =
        write.before().isPresent()
            ? store.update(write.before().get(), after)
            : store.insert(after);
    if (write.operation() != Operation.COMMENT || !changes.isEmpty()) {
      history(write, saved, write.kind(), write.internal(), changes, now);
    }
    if (write.comment().isPresent()) {
      say(write, saved, write.comment().get(), now);
    }
    if (!watched.isEmpty()) {
      boolean hidden = write.comment().map(CommentImage::internal).orElse(false);
      history(write, saved, "watched", hidden, watched, now);
    }
    audit(write, saved, changes);
    if (extensions.tell(happening(write, saved))) {
      saved = store.lock(saved.id()).orElseThrow();
    }
    events.publish(write, saved);
    return saved;
  }

  /** The other end of a link: it gets its version, history and event, nobody is asked again. */
  TicketImage mirror(Write write) {
    TicketImage before = write.before().orElseThrow();
    Instant now = now();
    TicketImage saved = store.update(before, write.draft().image(now, before.version() + 1));
    history(write, saved, write.kind(), write.internal(), write.extra(), now);
    events.publish(write, saved);
    return saved;
  }

  /** The desk's own move of a ticket: it gets its version, history and event, nobody is asked. */
  public TicketImage settle(Write write) {
    TicketImage before = write.before().orElseThrow();
    Instant now = now();
    TicketImage saved = store.update(before, write.draft().image(now, before.version() + 1));
    List<Change> changes = new ArrayList<>(write.extra());
    changes.addAll(ImageValues.changes(ImageValues.all(before), ImageValues.all(saved)));
    history(write, saved, write.kind(), write.internal(), changes, now);
    events.publish(write, saved);
    return saved;
  }

  private void say(Write write, TicketImage saved, CommentImage comment, Instant now) {
    conversation.add(saved.id(), comment);
    Change said = new Change("comment", null, comment.id());
    history(write, saved, "commented", comment.internal(), List.of(said), now);
  }

  private void history(
      Write write,
      TicketImage ticket,
      String kind,
      boolean internal,
      List<Change> changes,
      Instant now) {
    conversation.add(
        ticket.id(),
        new HistoryEntry(
            numbers.id(),
            now,
            write.caller().person(),
            name(write.caller()),
            kind,
            internal,
            changes));
  }

  /** Going against the matrix is remembered apart, beyond the ticket's own history. */
  private void audit(Write write, TicketImage saved, List<Change> changes) {
    boolean decided = changes.stream().anyMatch(change -> change.field().equals("priority"));
    if (decided && saved.priorityOverridden()) {
      audit.record(
          "ticket.prioritised",
          "ticket:" + saved.key(),
          Map.of(
              "priority", Words.of(saved.priority()),
              "impact", Words.of(saved.impact()),
              "urgency", Words.of(saved.urgency())));
    }
  }

  private static TicketExtensions.Happening happening(Write write, TicketImage after) {
    return new TicketExtensions.Happening(
        write.operation(),
        write.caller(),
        write.before().map(Ticket.class::cast),
        after,
        write.link(),
        write.comment().map(CommentImage::comment));
  }

  private static String name(Caller caller) {
    String name = caller.displayName().isBlank() ? caller.username() : caller.displayName();
    return name.length() > 200 ? name.substring(0, 200) : name;
  }
}
