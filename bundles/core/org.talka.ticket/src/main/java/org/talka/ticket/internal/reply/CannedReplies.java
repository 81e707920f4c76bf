/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.reply;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.rule.MarkdownBody;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.share.Sharing;
import org.talka.ticket.internal.share.Shelf;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.store.ReplyStore;

/** Texts that people keep for their answers: for themselves, for a team or for everybody. */
@Component(service = CannedReplies.class)
public class CannedReplies {
  /** Shares with everybody, and keeps what others shared. */
  static final String SHARE = "reply:share";

  private static final int MANY = 100;
  private static final int NAME_MAX = 80;
  private static final int BODY_MAX = 10_000;

  private final Shelf<CannedReply> shelf;
  private final NumberSeries numbers;
  private final Callers callers;
  private final People people;

  @Activate
  public CannedReplies(
      @Reference ReplyStore store,
      @Reference NumberSeries numbers,
      @Reference Callers callers,
      @Reference People people,
      @Reference Transactions transactions) {
    this.shelf =
        new Shelf<>(
            store,
            callers,
            transactions,
            new Shelf.Kind(
                "error.ticket.reply.unknown", "error.ticket.reply.too-many", SHARE, MANY));
    this.numbers = numbers;
    this.callers = callers;
    this.people = people;
  }

  /** Those that the caller sees, in the order in which they were made. */
  public List<CannedReply> mine() {
    return shelf.mine();
  }

  public CannedReply get(long id) {
    return shelf.get(id);
  }

  public boolean mayChange(CannedReply reply) {
    return shelf.mayChange(reply);
  }

  public CannedReply create(ReplyValues values) {
    return shelf.create(owner -> reply(numbers.id(), owner, values, 1));
  }

  /**
   * @param version the one that the client saw
   */
  public CannedReply change(long id, long version, ReplyValues values) {
    return shelf.change(
        id,
        version,
        before ->
            reply(
                id,
                before.sharing().owner(),
                values.over(before, before.sharing().teamKey(people)),
                version + 1));
  }

  public void remove(long id) {
    shelf.remove(id);
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
}
