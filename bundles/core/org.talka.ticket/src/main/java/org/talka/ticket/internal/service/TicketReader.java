/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/** Single tickets as the current caller may see and change them. */
@Component(service = TicketReader.class)
public class TicketReader {
  private final TicketStore store;
  private final Visibility visibility;
  private final Callers callers;
  private final TypeRegistry registry;

  @Activate
  public TicketReader(
      @Reference TicketStore store,
      @Reference Visibility visibility,
      @Reference Callers callers,
      @Reference TypeRegistry registry) {
    this.store = store;
    this.visibility = visibility;
    this.callers = callers;
    this.registry = registry;
  }

  public Caller caller() {
    return callers.current();
  }

  public Optional<TicketImage> find(String key) {
    return plausible(key)
        ? store.find(key).filter(ticket -> visibility.sees(caller(), ticket))
        : Optional.empty();
  }

  public TicketImage get(String key) {
    return find(key).orElseThrow(() -> unknown(key));
  }

  /** Reads it for a change, in the transaction of this thread. */
  public TicketImage lock(String key) {
    TicketImage ticket =
        (plausible(key) ? store.lock(key) : Optional.<TicketImage>empty())
            .filter(found -> visibility.sees(caller(), found))
            .orElseThrow(() -> unknown(key));
    writable(ticket);
    return ticket;
  }

  /** What a missing module brought can be read, not changed. */
  public void writable(TicketImage ticket) {
    if (ticket.moduleMissing().isPresent()) {
      throw DomainException.conflict(
          "error.ticket.module-missing",
          "key",
          ticket.key(),
          "module",
          ticket.moduleMissing().get());
    }
  }

  public boolean may(String permission, TicketImage ticket) {
    return visibility.may(caller(), permission, ticket);
  }

  public void require(String permission, TicketImage ticket) {
    if (!may(permission, ticket)) {
      throw DomainException.forbidden("error.ticket.forbidden", "permission", permission);
    }
  }

  /** Whether the caller reads internal notes at all. */
  public boolean internal() {
    return caller().may("ticket:note");
  }

  /** Whether the caller reads the internal notes of this ticket. */
  public boolean internal(TicketImage ticket) {
    return may("ticket:note", ticket);
  }

  /** The type of a ticket that is {@linkplain #writable writable}. */
  public TicketType type(TicketImage ticket) {
    return registry.types().find(ticket.type()).orElseThrow();
  }

  private static DomainException unknown(String key) {
    String shown = key.length() > 40 ? key.substring(0, 40) : key;
    return DomainException.notFound("error.ticket.unknown", "key", shown);
  }

  /** Spares the database what is no key at all. */
  private static boolean plausible(String key) {
    return key.length() <= 30 && key.chars().allMatch(c -> c > ' ' && c < 127);
  }
}
