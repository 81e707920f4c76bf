/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.reply;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.ticket.internal.rule.MarkdownBody;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.store.ReplyStore;
import org.talka.ticket.internal.view.Sharing;

/** Texts that people keep for their answers: for themselves, for a team or for everybody. */
@Component(service = CannedReplies.class)
public class CannedReplies {
  /** Shares with everybody, and keeps what others shared. */
  static final String SHARE = "reply:share";

  private static final int MANY = 100;
  private static final int NAME_MAX = 80;
  private static final int BODY_MAX = 10_000;

  private final ReplyStore store;
  private final NumberSeries numbers;
  private final Callers callers;
  private final People people;
  private final Transactions transactions;

  @Activate
  public CannedReplies(
      @Reference ReplyStore store,
      @Reference NumberSeries numbers,
      @Reference Callers callers,
      @Reference People people,
      @Reference Transactions transactions) {
    this.store = store;
    this.numbers = numbers;
    this.callers = callers;
    this.people = people;
    this.transactions = transactions;
  }

  /** Those that the caller sees, in the order in which they were made. */
  public List<CannedReply> mine() {
    Caller caller = callers.current();
    return caller.person().map(me -> store.seen(me, caller.teams())).orElse(List.of());
  }

  public CannedReply get(long id) {
    return store
        .find(id)
        .filter(reply -> reply.sharing().sees(callers.current()))
        .orElseThrow(() -> none(id));
  }

  public boolean mayChange(CannedReply reply) {
    return reply.sharing().mayChange(callers.current(), SHARE);
  }

  public CannedReply create(ReplyValues values) {
    Caller caller = callers.current();
    PersonId owner =
        caller.person().orElseThrow(() -> DomainException.forbidden("error.ticket.share.nobody"));
    CannedReply reply = reply(numbers.id(), owner, values, 1);
    return transactions.required(
        () -> {
          if (store.countOf(owner) >= MANY) {
            throw DomainException.conflict("error.ticket.reply.too-many", "max", MANY);
          }
          store.add(reply);
          return reply;
        });
  }

  /**
   * @param version the one that the client saw
   */
  public CannedReply change(long id, long version, ReplyValues values) {
    return transactions.required(
        () -> {
          CannedReply before = changeable(id);
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          String team = before.sharing().team().flatMap(people::team).map(Team::key).orElse(null);
          CannedReply after =
              reply(id, before.sharing().owner(), values.over(before, team), version + 1);
          store.replace(after);
          return after;
        });
  }

  public void remove(long id) {
    transactions.required(
        () -> {
          store.remove(changeable(id).id());
          return null;
        });
  }

  private CannedReply reply(long id, PersonId owner, ReplyValues values, long version) {
    Refusals refusals = new Refusals();
    String name = name(values.name(), refusals);
    String body = values.body() == null ? "" : values.body().strip();
    body = MarkdownBody.check(body, BODY_MAX, "body", refusals);
    if (values.body() == null || values.body().isBlank()) {
      refusals.add("body", "error.ticket.field.required");
    }
    Sharing sharing =
        Sharing.asked(
            callers.current(), owner, values.audience(), values.team(), SHARE, people, refusals);
    refusals.raise();
    return new CannedReply(id, name, body, sharing, version);
  }

  private static String name(String given, Refusals refusals) {
    try {
      String name = given == null ? "" : PlainText.line(given, NAME_MAX);
      if (name.isEmpty()) {
        refusals.add("name", "error.ticket.field.required");
      }
      return name;
    } catch (RefusedValue refused) {
      refusals.add("name", refused.reason());
      return "";
    }
  }

  private CannedReply changeable(long id) {
    CannedReply reply =
        store
            .lock(id)
            .filter(found -> found.sharing().sees(callers.current()))
            .orElseThrow(() -> none(id));
    if (!mayChange(reply)) {
      throw DomainException.forbidden("error.ticket.share.forbidden", "name", reply.name());
    }
    return reply;
  }

  private static DomainException none(long id) {
    return DomainException.notFound("error.ticket.reply.unknown", "id", id);
  }
}
