/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketReference;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.store.ReferenceStore;
import org.talka.ticket.internal.store.ReferenceStore.Kept;

/** References of tickets to records of modules; they outlive the modules. */
@Component(service = References.class)
public class References {
  private static final int MANY = 100;

  private final TicketReader reader;
  private final TicketWriter writer;
  private final ReferenceStore store;
  private final Transactions transactions;

  @Activate
  public References(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference ReferenceStore store,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.writer = writer;
    this.store = store;
    this.transactions = transactions;
  }

  /** What the caller may know of, of all modules. */
  public List<Kept> of(String key) {
    TicketImage ticket = reader.get(key);
    boolean internal = reader.internal(ticket);
    return store.of(ticket.id()).stream()
        .filter(kept -> internal || !kept.reference().internal())
        .toList();
  }

  public void add(String key, String module, TicketReference added) {
    transactions.required(
        () -> {
          TicketImage ticket = reader.lock(key);
          mayRefer(ticket);
          List<Kept> present = store.of(ticket.id());
          Optional<TicketReference> known = find(present, module, added.record());
          if (known.isPresent()) {
            store.retitle(module, added.record(), added.title(), added.internal());
            return null;
          }
          if (present.size() >= MANY) {
            throw DomainException.conflict("error.ticket.reference.too-many", "max", MANY);
          }
          store.add(writer.id(), ticket.id(), module, added, writer.now());
          write(ticket, "referred", new Change("reference", null, said(added)), added.internal());
          return null;
        });
  }

  public void remove(String key, String module, String record) {
    transactions.required(
        () -> {
          TicketImage ticket = reader.lock(key);
          mayRefer(ticket);
          Optional<TicketReference> known = find(store.of(ticket.id()), module, record);
          known.ifPresent(
              gone -> {
                store.remove(ticket.id(), module, record);
                Change change = new Change("reference", said(gone), null);
                write(ticket, "unreferred", change, gone.internal());
              });
          return null;
        });
  }

  private void mayRefer(TicketImage ticket) {
    if (!reader.may("ticket:update", ticket)) {
      reader.require("ticket:note", ticket);
    }
  }

  private static Optional<TicketReference> find(List<Kept> all, String module, String record) {
    return all.stream()
        .filter(kept -> kept.module().equals(module))
        .map(Kept::reference)
        .filter(reference -> reference.record().equals(record))
        .findFirst();
  }

  private void write(TicketImage ticket, String kind, Change change, boolean internal) {
    TicketDraft same = new TicketDraft(ticket);
    writer.settle(
        Write.of(reader.caller(), Operation.UPDATE, kind, ticket, same)
            .with(change, false)
            .hidden(internal));
  }

  private static String said(TicketReference reference) {
    return reference.title().equals(reference.record())
        ? reference.record()
        : reference.record() + " " + reference.title();
  }
}
