/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rating;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.service.DeskClock;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.service.TicketWriter;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * Asks requesters how satisfied they were (ITIL 4, service desk: user satisfaction), once after
 * each resolution. The answer is kept in fields of the desk that only code sets, so that lists,
 * charts, search and exports know it like any other value; a type has it while it has the field,
 * and an administrator who retires the field ends the asking.
 */
@Component(service = Ratings.class)
public class Ratings {
  /** A choice of {@code 1} to {@code 5}. */
  public static final String STARS = "satisfaction";

  public static final String WORD = "satisfactionWord";
  public static final String AT = "satisfactionAt";

  /** How long after the resolution somebody still remembers how it was. */
  static final Duration ASKED = Duration.ofDays(30);

  /** How long an answer may be thought over. */
  static final Duration CHANGEABLE = Duration.ofDays(7);

  private static final int BEST = 5;
  private static final int WORD_MAX = 1_000;

  private final TicketReader reader;
  private final TicketWriter writer;
  private final TypeRegistry registry;
  private final Transactions transactions;
  private final DeskClock clock;

  @Activate
  public Ratings(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference TypeRegistry registry,
      @Reference Transactions transactions,
      @Reference DeskClock clock) {
    this.reader = reader;
    this.writer = writer;
    this.registry = registry;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The last one, also of an earlier resolution. */
  public static Optional<Rating> of(TicketImage ticket) {
    if (ticket.fields().get(STARS) instanceof String stars
        && ticket.fields().get(AT) instanceof String at) {
      String word = ticket.fields().get(WORD) instanceof String said ? said : "";
      return Optional.of(new Rating(Integer.parseInt(stars), word, Instant.parse(at)));
    }
    return Optional.empty();
  }

  /**
   * Until when the caller may rate, or change their mind; absent when they may not. Reads nothing.
   */
  public Optional<Instant> until(TicketImage ticket) {
    return ends(ticket)
        .filter(end -> Workflow.requested(reader.caller(), ticket))
        .filter(end -> reader.may("ticket:comment", ticket))
        .filter(end -> clock.now().isBefore(end));
  }

  /**
   * @throws DomainException FORBIDDEN for anybody but the requester, CONFLICT when there is nothing
   *     to rate yet or no more, INVALID for a wrong value
   */
  public TicketImage rate(String key, Optional<Long> version, Integer stars, String word) {
    return transactions.required(
        () -> {
          TicketImage before = reader.lock(key);
          if (!Workflow.requested(reader.caller(), before)) {
            throw DomainException.forbidden("error.ticket.rating.requester");
          }
          reader.require("ticket:comment", before);
          if (version.isPresent() && version.get() != before.version()) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          Instant end =
              ends(before)
                  .orElseThrow(
                      () -> DomainException.conflict("error.ticket.rating.unfinished", "key", key));
          if (!clock.now().isBefore(end)) {
            throw DomainException.conflict("error.ticket.rating.late", "key", key);
          }
          Refusals refusals = new Refusals();
          TicketDraft draft = new TicketDraft(before);
          put(draft, current(before), stars, word, refusals);
          return writer.write(
              Write.of(reader.caller(), Operation.UPDATE, "rated", before, draft), refusals);
        });
  }

  private void put(
      TicketDraft draft, Optional<Rating> given, Integer stars, String word, Refusals refusals) {
    if (stars == null || stars < 1 || stars > BEST) {
      refusals.add("stars", "error.ticket.rating.stars", "max", BEST);
    } else {
      draft.set(STARS, Optional.of(stars.toString()));
    }
    try {
      String said = word == null ? "" : PlainText.block(word, WORD_MAX).strip();
      draft.set(WORD, said.isEmpty() ? Optional.empty() : Optional.of(said));
    } catch (RefusedValue refused) {
      refusals.add("word", refused.reason());
    }
    Instant at = given.map(Rating::at).orElse(clock.now());
    draft.set(AT, Optional.of(at.toString()));
  }

  /** When asking ends; absent while there is nothing to ask for. */
  private static Optional<Instant> ends(TicketType type, TicketImage ticket) {
    if (type.missing() || !type.editable().contains(STARS) || !done(type, ticket)) {
      return Optional.empty();
    }
    return ticket
        .resolvedAt()
        .map(
            resolved ->
                current(ticket)
                    .map(given -> given.at().plus(CHANGEABLE))
                    .orElse(resolved.plus(ASKED)));
  }

  private Optional<Instant> ends(TicketImage ticket) {
    return registry.types().find(ticket.type()).flatMap(type -> ends(type, ticket));
  }

  /** What was given for this resolution; a reopened ticket is asked for anew. */
  private static Optional<Rating> current(TicketImage ticket) {
    return of(ticket)
        .filter(
            given ->
                ticket.resolvedAt().filter(resolved -> !given.at().isBefore(resolved)).isPresent());
  }

  /** Resolved, or closed as resolved ones are; who cancels has nothing to be satisfied with. */
  private static boolean done(TicketType type, TicketImage ticket) {
    return ticket.category() == StateCategory.RESOLVED
        || ticket.category() == StateCategory.CLOSED
            && type.workflow().transitions().stream()
                .filter(transition -> transition.to().equals(ticket.state()))
                .flatMap(transition -> transition.from().stream())
                .anyMatch(from -> type.category(from) == StateCategory.RESOLVED);
  }

  /** Whether the caller is still to be asked for this resolution. */
  public boolean open(TicketImage ticket) {
    return current(ticket).isEmpty() && until(ticket).isPresent();
  }
}
