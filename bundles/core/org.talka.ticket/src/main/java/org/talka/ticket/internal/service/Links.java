/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketId;
import org.talka.api.ticket.TicketLink;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.LinkImage;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.type.LinkType;
import org.talka.ticket.internal.type.TypeRegistry;

/** Typed relations between tickets. A link to a ticket that the caller can't see is not shown. */
@Component(service = Links.class)
public class Links {
  private static final int MANY = 500;

  /** From a new ticket to the finished one that it goes on from. */
  private static final String FOLLOWS = "follows";

  private final TicketReader reader;
  private final TicketWriter writer;
  private final TicketStore tickets;
  private final ConversationStore store;
  private final TypeRegistry registry;
  private final Visibility visibility;
  private final Transactions transactions;

  @Activate
  public Links(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference TicketStore tickets,
      @Reference ConversationStore store,
      @Reference TypeRegistry registry,
      @Reference Visibility visibility,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.writer = writer;
    this.tickets = tickets;
    this.store = store;
    this.registry = registry;
    this.visibility = visibility;
    this.transactions = transactions;
  }

  /** Links seen from the ticket, the other ends read in one query. */
  public List<TicketLink> of(TicketImage ticket) {
    List<LinkImage> links = store.links(ticket.id());
    Map<TicketId, TicketImage> others = new HashMap<>();
    Caller caller = reader.caller();
    tickets
        .byIds(links.stream().map(l -> l.other(ticket.id()).value()).distinct().toList(), false)
        .stream()
        .filter(other -> visibility.sees(caller, other))
        .forEach(other -> others.put(other.id(), other));
    List<TicketLink> seen = new ArrayList<>();
    for (LinkImage link : links) {
      TicketImage other = others.get(link.other(ticket.id()));
      if (other != null) {
        seen.add(new TicketLink(link.id(), link.type(), link.from().equals(ticket.id()), other));
      }
    }
    return seen;
  }

  public TicketLink link(String fromKey, String typeKey, String toKey) {
    return transactions.required(
        () -> {
          TicketImage seenFrom = reader.get(fromKey);
          TicketImage seenTo =
              reader
                  .find(toKey)
                  .orElseThrow(
                      () ->
                          DomainException.invalid("to", "error.ticket.field.ticket", "key", toKey));
          Pair pair = lock(seenFrom, seenTo);
          permit(pair);
          LinkImage link = join(pair, typeKey);
          return new TicketLink(link.id(), typeKey, true, pair.to());
        });
  }

  /**
   * Joins a ticket that the caller has just made to the one that it goes on from. Who may make it
   * may say so: that takes no right to change either.
   *
   * @return the new ticket as it is now
   */
  TicketImage follow(TicketImage created, String followed) {
    TicketImage before =
        reader
            .find(followed)
            .orElseThrow(
                () ->
                    DomainException.invalid(
                        "follows", "error.ticket.field.ticket", "key", shown(followed)));
    Pair pair = lock(created, before);
    join(pair, FOLLOWS);
    return tickets.lock(created.id()).orElseThrow();
  }

  private LinkImage join(Pair pair, String typeKey) {
    LinkType type =
        Optional.ofNullable(registry.types().links().get(typeKey))
            .filter(found -> !found.missing())
            .orElseThrow(() -> DomainException.invalid("type", "error.ticket.link.unknown"));
    check(type, pair);
    LinkImage link = new LinkImage(writer.id(), typeKey, pair.from().id(), pair.to().id());
    store.add(link, writer.now());
    write(link, pair, Operation.LINK, "linked");
    return link;
  }

  private static String shown(String key) {
    return key.length() > 40 ? key.substring(0, 40) : key;
  }

  public void unlink(String key, long id) {
    transactions.required(
        () -> {
          TicketImage ticket = reader.get(key);
          LinkImage link =
              store.links(ticket.id()).stream()
                  .filter(each -> each.id() == id)
                  .findFirst()
                  .orElseThrow(() -> DomainException.notFound("error.ticket.link.gone"));
          TicketImage other =
              tickets.byIds(List.of(link.other(ticket.id()).value()), false).stream()
                  .filter(each -> visibility.sees(reader.caller(), each))
                  .findFirst()
                  .orElseThrow(() -> DomainException.notFound("error.ticket.link.gone"));
          boolean outgoing = link.from().equals(ticket.id());
          Pair pair = outgoing ? lock(ticket, other) : lock(other, ticket);
          permit(pair);
          LinkType type = registry.types().links().get(link.type());
          if (type == null || type.missing()) {
            throw DomainException.conflict(
                "error.ticket.link.module-missing", "module", type == null ? "?" : type.module());
          }
          store.removeLink(id);
          write(link, pair, Operation.UNLINK, "unlinked");
          return null;
        });
  }

  /** Both ends, locked in the order of their ids, so that two links can't wait for each other. */
  private Pair lock(TicketImage from, TicketImage to) {
    if (from.id().equals(to.id())) {
      throw DomainException.invalid("to", "error.ticket.link.self");
    }
    boolean fromFirst = from.id().value() < to.id().value();
    TicketImage first = reader.lock((fromFirst ? from : to).key());
    TicketImage second = reader.lock((fromFirst ? to : from).key());
    return fromFirst ? new Pair(first, second) : new Pair(second, first);
  }

  /** Who may change one end may change the link. */
  private void permit(Pair pair) {
    if (!reader.may("ticket:update", pair.to())) {
      reader.require("ticket:update", pair.from());
    }
  }

  private void check(LinkType type, Pair pair) {
    if (!type.joins(pair.from().type(), pair.to().type())) {
      throw DomainException.invalid(
          "to", "error.ticket.link.types", "from", pair.from().key(), "to", pair.to().key());
    }
    List<LinkImage> ofFrom = ofType(type, pair.from());
    List<LinkImage> ofTo = ofType(type, pair.to());
    if (ofFrom.size() >= MANY || ofTo.size() >= MANY) {
      throw DomainException.conflict("error.ticket.link.too-many", "max", MANY);
    }
    if (ofFrom.stream().anyMatch(l -> l.from().equals(pair.from().id()) && joins(l, pair))) {
      throw DomainException.conflict("error.ticket.link.present");
    }
    if (type.oneTarget() && ofFrom.stream().anyMatch(l -> l.from().equals(pair.from().id()))) {
      throw DomainException.conflict("error.ticket.link.one", "key", pair.from().key());
    }
    if (type.oneSource() && ofTo.stream().anyMatch(l -> l.to().equals(pair.to().id()))) {
      throw DomainException.conflict("error.ticket.link.one", "key", pair.to().key());
    }
  }

  private static boolean joins(LinkImage link, Pair pair) {
    return link.to().equals(pair.to().id());
  }

  private List<LinkImage> ofType(LinkType type, TicketImage ticket) {
    return store.links(ticket.id()).stream()
        .filter(link -> link.type().equals(type.definition().key()))
        .toList();
  }

  /** The source's side asks guards and participants; both sides have it in their history. */
  private void write(LinkImage link, Pair pair, Operation operation, String kind) {
    Caller caller = reader.caller();
    TicketLink fromSource = new TicketLink(link.id(), link.type(), true, pair.to());
    boolean added = operation == Operation.LINK;
    writer.write(
        Write.of(caller, operation, kind, pair.from(), new TicketDraft(pair.from()))
            .with(change(link.type(), pair.to().key(), added), false)
            .with(fromSource),
        new Refusals());
    // a participant may have changed the target meanwhile
    TicketImage to = tickets.lock(pair.to().id()).orElseThrow();
    writer.mirror(
        Write.of(caller, operation, kind, to, new TicketDraft(to))
            .with(change(link.type() + ".inverse", pair.from().key(), added), false));
  }

  private static Change change(String type, String other, boolean added) {
    String field = "link." + type;
    return added ? new Change(field, null, other) : new Change(field, other, null);
  }

  private record Pair(TicketImage from, TicketImage to) {}
}
