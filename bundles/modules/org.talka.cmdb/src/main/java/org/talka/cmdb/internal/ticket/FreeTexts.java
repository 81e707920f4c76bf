/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.cmdb.internal.Folded;

/**
 * What stands in the field of tickets and names no item, from while there were none: over all
 * tickets that the caller may change, the latest changed first.
 */
@Component(service = FreeTexts.class)
public class FreeTexts {
  private static final String UPDATE = "ticket:update";
  private static final int PAGE = 200;
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final Tickets tickets;
  private final EntryStore entries;
  private final Callers callers;

  @Activate
  public FreeTexts(
      @Reference Tickets tickets, @Reference EntryStore entries, @Reference Callers callers) {
    this.tickets = tickets;
    this.entries = entries;
    this.callers = callers;
  }

  /**
   * A text, however it is written.
   *
   * @param key what spellings of it have in common
   * @param text as it is written on the latest ticket
   * @param places where it stands, the latest first
   */
  public record FreeText(String key, String text, List<Place> places) {
    /** How many tickets have it. */
    public int tickets() {
      return (int) places.stream().map(Place::ticket).distinct().count();
    }
  }

  /** A text on a ticket, as it is written there. */
  public record Place(String ticket, String text) {}

  /**
   * @param more whether there are tickets that there was no time to look at
   */
  public record Found(List<FreeText> texts, boolean more) {}

  /** Where one of them stands. */
  public Optional<FreeText> find(String text) {
    String key = key(text);
    return find().texts().stream().filter(found -> found.key().equals(key)).findFirst();
  }

  /** How it is written on one ticket, as far as the caller may change that. */
  List<Place> spellings(String ticket, String text) {
    String key = key(text);
    return places(List.of(tickets.get(ticket))).stream()
        .filter(place -> key(place.text()).equals(key))
        .toList();
  }

  static String key(String text) {
    String key = String.join(" ", Folded.words(text));
    return key.length() > 200 ? key.substring(0, 200) : key;
  }

  /** All of them, what most tickets have first. */
  public Found find() {
    Filter filter = new Filter.Exists(TicketItems.FIELD);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    Map<String, List<Place>> places = new LinkedHashMap<>();
    Map<String, String> words = new HashMap<>();
    Optional<String> after = Optional.empty();
    do {
      Page<Ticket> page = tickets.list(filter, null, PAGE, after.orElse(null));
      for (Place place : places(page.items())) {
        String key = key(place.text());
        if (!key.isEmpty()) {
          words.putIfAbsent(key, place.text());
          places.computeIfAbsent(key, k -> new ArrayList<>()).add(place);
        }
      }
      after = page.next();
    } while (after.isPresent() && System.nanoTime() < deadline);
    List<FreeText> texts = new ArrayList<>();
    places.forEach((key, found) -> texts.add(new FreeText(key, words.get(key), found)));
    texts.sort(Comparator.comparingInt(text -> -text.tickets()));
    return new Found(texts, after.isPresent());
  }

  private List<Place> places(List<Ticket> page) {
    Map<String, Set<Long>> named = new HashMap<>();
    entries
        .of(page.stream().map(Ticket::key).toList())
        .forEach(e -> named.computeIfAbsent(e.ticket(), t -> new HashSet<>()).add(e.ref()));
    List<Place> places = new ArrayList<>();
    for (Ticket ticket : page) {
      Set<Long> known = named.getOrDefault(ticket.key(), Set.of());
      Set<String> free = new LinkedHashSet<>(TicketItems.texts(ticket));
      free.removeIf(
          text -> {
            var label = TicketItems.labelled(text);
            return label.isPresent() && known.contains(label.getAsLong());
          });
      if (!free.isEmpty() && mayChange(ticket)) {
        free.forEach(text -> places.add(new Place(ticket.key(), text)));
      }
    }
    return places;
  }

  private boolean mayChange(Ticket ticket) {
    if (ticket.moduleMissing().isPresent()) {
      return false;
    }
    if (callers.current().grant(UPDATE) == GrantScope.ALL) {
      return true;
    }
    try {
      tickets.require(ticket.key(), UPDATE);
      return true;
    } catch (DomainException no) {
      return false;
    }
  }
}
