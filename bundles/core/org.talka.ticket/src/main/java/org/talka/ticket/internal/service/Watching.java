/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.TicketWriter.Write;

/** Who follows a ticket. Everybody may follow what they see; others are added by who may edit. */
@Component(service = Watching.class)
public class Watching {
  private static final int MANY = 100;

  private final TicketReader reader;
  private final TicketWriter writer;
  private final People people;
  private final Transactions transactions;

  @Activate
  public Watching(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference People people,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.writer = writer;
    this.people = people;
    this.transactions = transactions;
  }

  /** In the order in which they began. */
  public List<Person> of(TicketImage ticket) {
    var found = people.persons(ticket.watchers());
    return ticket.watchers().stream().filter(found::containsKey).map(found::get).toList();
  }

  public void add(String key, String username) {
    change(key, username, true);
  }

  public void remove(String key, String username) {
    change(key, username, false);
  }

  private void change(String key, String username, boolean add) {
    transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage before = reader.lock(key);
          Optional<Person> person =
              people.personByUsername(username).filter(found -> found.active() || !add);
          boolean self = person.isPresent() && caller.person().equals(person.map(Person::id));
          if (!self) {
            reader.require("ticket:update", before);
          }
          Person who =
              person.orElseThrow(
                  () -> DomainException.invalid("username", "error.ticket.field.person"));
          if (add && before.watchers().size() >= MANY) {
            throw DomainException.invalid("username", "error.ticket.field.too-many", "max", MANY);
          }
          TicketDraft draft = new TicketDraft(before);
          boolean changed = add ? draft.watch(who.id()) : draft.unwatch(who.id());
          if (changed) {
            Long id = who.id().value();
            writer.write(
                Write.of(caller, Operation.UPDATE, add ? "watched" : "unwatched", before, draft)
                    .with(new Change("watcher", add ? null : id, add ? id : null), false),
                new Refusals());
          }
          return null;
        });
  }
}
