/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.cmdb.internal.graph.Impacts;
import org.talka.cmdb.internal.graph.ItemGraph;
import org.talka.cmdb.internal.graph.Limits;
import org.talka.cmdb.internal.graph.Node;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.ticket.Entry.Kind;

/**
 * Which items, people and teams a ticket has to do with: some are named by people, the others
 * follow from them by impact. Whatever people named or excluded stays when the rest is computed
 * again.
 *
 * <p>The desk's own field {@value #FIELD} holds the names of the items that people named, as text:
 * that is what remains to be read, searched and written on while this module is away.
 */
@Component(service = TicketItems.class)
public class TicketItems {
  public static final String FIELD = "configurationItems";

  /** As far as impact is computed on a ticket. */
  private static final Limits LIMITS = new Limits(8, 300, Limits.USUAL.time());

  private static final String UPDATE = "ticket:update";
  private static final int MOST = 50;
  private static final Pattern LABEL = Pattern.compile(".*\\((CI-[0-9]{6,12})\\)");

  private final EntryStore store;
  private final Tickets tickets;
  private final Items items;
  private final ItemGraph graph;
  private final People people;
  private final Callers callers;
  private final Database database;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public TicketItems(
      @Reference EntryStore store,
      @Reference Tickets tickets,
      @Reference Items items,
      @Reference ItemGraph graph,
      @Reference People people,
      @Reference Callers callers,
      @Reference(target = "(talka.unit=cmdb)") Database database) {
    this.store = store;
    this.tickets = tickets;
    this.items = items;
    this.graph = graph;
    this.people = people;
    this.callers = callers;
    this.database = database;
  }

  public List<Entry> of(Ticket ticket) {
    return store.of(ticket.key());
  }

  /** What stands in the field and names no item of this ticket yet. */
  public List<String> unmatched(Ticket ticket, List<Entry> entries) {
    Set<Long> known = new LinkedHashSet<>();
    entries.stream()
        .filter(entry -> entry.kind() == Kind.ITEM)
        .forEach(entry -> known.add(entry.ref()));
    return texts(ticket).stream()
        .filter(text -> labelled(text).isEmpty() || !known.contains(labelled(text).getAsLong()))
        .toList();
  }

  /**
   * Names an item on a ticket.
   *
   * @param text what stood for it in the field so far; empty for nothing
   */
  public void add(String ticketKey, Item item, String text) {
    Ticket ticket = touch(ticketKey);
    if (item.away()) {
      throw DomainException.conflict("error.cmdb.item.away", "key", item.key());
    }
    List<Entry> present = store.of(ticketKey);
    if (present.stream().filter(e -> e.kind() == Kind.ITEM && !e.computed()).count() >= MOST) {
      throw DomainException.invalid("item", "error.cmdb.many", "max", MOST);
    }
    database.write(
        em -> {
          store.put(entry(ticketKey, Kind.ITEM, item.id(), false, false, item.name()));
          List<String> texts = new ArrayList<>(texts(ticket));
          texts.remove(text);
          String label = label(item.name(), item.key());
          if (texts.stream().noneMatch(t -> labelled(t).equals(OptionalLong.of(item.id())))) {
            texts.add(label);
          }
          write(ticket, texts);
          return null;
        });
    compute(ticketKey);
  }

  /** Takes an item off that was named, or excludes one that was computed. */
  public void remove(String ticketKey, long item) {
    Ticket ticket = touch(ticketKey);
    Entry entry = get(ticketKey, Kind.ITEM, item);
    database.write(
        em -> {
          leave(entry);
          List<String> texts = new ArrayList<>(texts(ticket));
          texts.removeIf(t -> labelled(t).equals(OptionalLong.of(item)));
          write(ticket, texts);
          return null;
        });
    compute(ticketKey);
  }

  /**
   * Takes an item off again that stood for a text, which comes back; does nothing when the item is
   * not named there any more.
   *
   * @return whether it was
   */
  public boolean restore(String ticketKey, long item, String text) {
    Ticket ticket = touch(ticketKey);
    Optional<Entry> named =
        store.of(ticketKey).stream()
            .filter(e -> e.kind() == Kind.ITEM && e.ref() == item && !e.computed())
            .filter(e -> !e.excluded())
            .findFirst();
    if (named.isEmpty()) {
      return false;
    }
    database.write(
        em -> {
          store.remove(named.get());
          List<String> texts = new ArrayList<>(texts(ticket));
          texts.replaceAll(t -> labelled(t).equals(OptionalLong.of(item)) ? text : t);
          if (!texts.contains(text)) {
            texts.add(text);
          }
          write(ticket, texts.stream().distinct().toList());
          return null;
        });
    compute(ticketKey);
    return true;
  }

  /** Names a person or a team on a ticket. */
  public void add(String ticketKey, Kind kind, long ref, String name) {
    touch(ticketKey);
    store.put(entry(ticketKey, kind, ref, false, false, name));
  }

  /** Takes somebody off who was named, or excludes somebody who was computed. */
  public void remove(String ticketKey, Kind kind, long ref) {
    touch(ticketKey);
    leave(get(ticketKey, kind, ref));
  }

  /** Takes an exclusion back. */
  public void include(String ticketKey, Kind kind, long ref) {
    touch(ticketKey);
    Entry entry = get(ticketKey, kind, ref);
    store.put(entry(ticketKey, kind, ref, entry.computed(), false, entry.label()));
    compute(ticketKey);
  }

  /** Computes again what follows from the items that people named. */
  public void compute(String ticketKey) {
    touch(ticketKey);
    Set<Long> named = new LinkedHashSet<>();
    Set<Long> excluded = new LinkedHashSet<>();
    for (Entry entry : store.of(ticketKey)) {
      if (entry.kind() == Kind.ITEM) {
        if (entry.excluded()) {
          excluded.add(entry.ref());
        } else if (!entry.computed()) {
          named.add(entry.ref());
        }
      }
    }
    Map<Kind, Map<Long, String>> follows = follows(named, excluded);
    database.write(
        em -> {
          replace(ticketKey, follows);
          return null;
        });
  }

  /** What people named or excluded meanwhile stays, so entries are read once more. */
  private void replace(String ticket, Map<Kind, Map<Long, String>> follows) {
    Map<Kind, Map<Long, String>> fresh = new LinkedHashMap<>();
    follows.forEach((kind, refs) -> fresh.put(kind, new LinkedHashMap<>(refs)));
    for (Entry entry : store.of(ticket)) {
      boolean again = fresh.get(entry.kind()).remove(entry.ref()) != null;
      if (entry.computed() && !entry.excluded() && !again) {
        store.remove(entry);
      }
    }
    List<Entry> added = new ArrayList<>();
    fresh.forEach(
        (kind, refs) ->
            refs.forEach((ref, name) -> added.add(entry(ticket, kind, ref, true, false, name))));
    store.add(added);
  }

  /** What the failure of these items reaches, and who has to do with all of that. */
  private Map<Kind, Map<Long, String>> follows(Set<Long> named, Set<Long> excluded) {
    Map<Long, String> reached = new LinkedHashMap<>();
    Set<PersonId> owners = new LinkedHashSet<>();
    Set<TeamId> teams = new LinkedHashSet<>();
    graph.ask(
        g -> {
          Set<Long> all = new LinkedHashSet<>(named);
          Impacts.of(g, named, LIMITS)
              .reached()
              .keySet()
              .forEach(
                  id -> {
                    reached.put(id, g.node(id).map(Node::name).orElse(""));
                    all.add(id);
                  });
          all.removeAll(excluded);
          for (long id : all) {
            g.node(id)
                .ifPresent(
                    node -> {
                      if (node.owner() >= 0) {
                        owners.add(new PersonId(node.owner()));
                      }
                      if (node.team() >= 0) {
                        teams.add(new TeamId(node.team()));
                      }
                    });
          }
          return null;
        });
    Map<Long, String> persons = new LinkedHashMap<>();
    people.persons(owners).forEach((id, person) -> persons.put(id.value(), person.displayName()));
    Map<Long, String> groups = new HashMap<>();
    teams.forEach(id -> people.team(id).ifPresent(team -> groups.put(id.value(), team.name())));
    Map<Kind, Map<Long, String>> follows = new LinkedHashMap<>();
    follows.put(Kind.ITEM, reached);
    follows.put(Kind.PERSON, persons);
    follows.put(Kind.TEAM, groups);
    return follows;
  }

  /** What follows is excluded, what was named is taken off. */
  private void leave(Entry entry) {
    if (entry.computed()) {
      store.put(entry(entry.ticket(), entry.kind(), entry.ref(), true, true, entry.label()));
    } else {
      store.remove(entry);
    }
  }

  private Entry get(String ticket, Kind kind, long ref) {
    return store.of(ticket).stream()
        .filter(entry -> entry.kind() == kind && entry.ref() == ref)
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("error.cmdb.entry.unknown"));
  }

  /** The ticket must be the caller's to change, and open to changes. */
  private Ticket touch(String ticketKey) {
    items.requireSight();
    tickets.require(ticketKey, UPDATE);
    Ticket ticket = tickets.get(ticketKey);
    if (ticket.moduleMissing().isPresent()) {
      throw DomainException.conflict("error.cmdb.ticket.readOnly", "key", ticketKey);
    }
    return ticket;
  }

  private Entry entry(
      String ticket, Kind kind, long ref, boolean computed, boolean excluded, String label) {
    Instant now = clock.instant();
    return new Entry(
        ticket, kind, ref, computed, excluded, label, callers.current().username(), now);
  }

  private void write(Ticket ticket, List<String> texts) {
    if (!texts.equals(texts(ticket))) {
      Map<String, Object> changes = new HashMap<>();
      changes.put(FIELD, texts);
      tickets.update(ticket.key(), ticket.version(), changes);
    }
  }

  static List<String> texts(Ticket ticket) {
    Object value = ticket.fields().get(FIELD);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value instanceof String text ? List.of(text) : List.of();
  }

  /** A name to be read without the item; commas part the values of the field. */
  static String label(String name, String key) {
    return name.replace(',', ';') + " (" + key + ")";
  }

  static OptionalLong labelled(String text) {
    Matcher matcher = LABEL.matcher(text);
    return matcher.matches() ? ItemKey.id(matcher.group(1)) : OptionalLong.empty();
  }

  /** The items of these entries that the caller may see. */
  public Map<Long, Item> visible(List<Entry> entries) {
    return items.visible(
        entries.stream().filter(e -> e.kind() == Kind.ITEM).map(Entry::ref).toList());
  }

  /** The ticket's item that a text names for certain, for whoever may see it. */
  public Optional<Item> labelledItem(String text) {
    OptionalLong id = labelled(text);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(items.visible(List.of(id.getAsLong())).get(id.getAsLong()));
  }
}
