/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.event.StreamBroadcast;

/**
 * Who is at which ticket now. Kept in memory alone: after a restart the next sign of each page says
 * it again. Those who are there are told when somebody comes, goes, or begins to write; nobody else
 * is.
 *
 * <p>The monitor guards the rooms.
 */
@Component(service = Presence.class)
public class Presence {
  /** A page gives a sign more often than this. */
  static final Duration GONE = Duration.ofSeconds(20);

  private static final Duration SWEEP = Duration.ofSeconds(4);

  /** Pages of one person at one ticket; of all people at all tickets. */
  private static final int PAGES = 8;

  private static final int MOST = 20_000;

  private final StreamBroadcast stream;
  private final LongSupplier nanos;
  private final ScheduledExecutorService sweeper;
  private final Map<String, Map<Seat, Sign>> rooms = new HashMap<>();
  private int seats;

  /** A page of somebody. */
  private record Seat(PersonId person, String page) {}

  private record Sign(String username, String name, Doing doing, long until) {}

  /** Somebody who is there, with what they do on any of their pages. */
  public record Here(PersonId person, String username, String displayName, Doing doing) {}

  @Activate
  public Presence(@Reference StreamBroadcast stream) {
    this(stream, System::nanoTime);
    sweeper.scheduleWithFixedDelay(
        this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  Presence(StreamBroadcast stream, LongSupplier nanos) {
    this.stream = stream;
    this.nanos = nanos;
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "talka-presence");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Deactivate
  public void close() {
    sweeper.shutdownNow();
  }

  /**
   * A page gives a sign that somebody is at a ticket.
   *
   * @param page any name that the page has given itself
   * @return who is there, the caller too
   */
  public List<Here> beat(String ticket, Caller caller, String page, Doing doing) {
    PersonId person = caller.person().orElseThrow();
    List<Here> now;
    boolean changed;
    synchronized (this) {
      Map<Seat, Sign> room = rooms.computeIfAbsent(ticket, key -> new LinkedHashMap<>());
      List<Here> before = here(room);
      Seat seat = new Seat(person, page);
      boolean known = room.containsKey(seat);
      if (known || seats < MOST && pages(room, person) < PAGES) {
        Sign sign =
            new Sign(
                caller.username(), caller.displayName(), doing, nanos.getAsLong() + GONE.toNanos());
        room.put(seat, sign);
        seats += known ? 0 : 1;
      } else if (room.isEmpty()) {
        rooms.remove(ticket);
      }
      now = here(room);
      changed = !now.equals(before);
    }
    if (changed) {
      tell(ticket, now, person);
    }
    return now;
  }

  /** A page says that it is left. */
  public void leave(String ticket, PersonId person, String page) {
    List<Here> now;
    synchronized (this) {
      Map<Seat, Sign> room = rooms.get(ticket);
      if (room == null || room.remove(new Seat(person, page)) == null) {
        return;
      }
      seats--;
      now = here(room);
      if (room.isEmpty()) {
        rooms.remove(ticket);
      }
    }
    tell(ticket, now, person);
  }

  /** Lets those go who gave no sign for a while. */
  void sweep() {
    Map<String, List<Here>> changed = new LinkedHashMap<>();
    long now = nanos.getAsLong();
    synchronized (this) {
      rooms.forEach(
          (ticket, room) -> {
            List<Here> before = here(room);
            int size = room.size();
            room.values().removeIf(sign -> sign.until() - now <= 0);
            seats -= size - room.size();
            List<Here> after = here(room);
            if (!after.equals(before)) {
              changed.put(ticket, after);
            }
          });
      rooms.values().removeIf(Map::isEmpty);
    }
    changed.forEach((ticket, here) -> tell(ticket, here, null));
  }

  private static int pages(Map<Seat, Sign> room, PersonId person) {
    return (int) room.keySet().stream().filter(seat -> seat.person().equals(person)).count();
  }

  /** One entry a person, in the order in which they came. */
  private static List<Here> here(Map<Seat, Sign> room) {
    Map<PersonId, Here> here = new LinkedHashMap<>();
    room.forEach(
        (seat, sign) ->
            here.merge(
                seat.person(),
                new Here(seat.person(), sign.username(), sign.name(), sign.doing()),
                (a, b) -> a.doing().compareTo(b.doing()) >= 0 ? a : b));
    return List.copyOf(here.values());
  }

  /**
   * @param mover who came, went or began: their other pages are told, too, when they are still
   *     there
   */
  private void tell(String ticket, List<Here> here, PersonId mover) {
    if (here.isEmpty() || here.size() == 1 && here.get(0).person().equals(mover)) {
      return;
    }
    List<Map<String, Object>> people = new ArrayList<>();
    for (Here each : here) {
      people.add(
          Map.of(
              "username", each.username(),
              "displayName", each.displayName(),
              "doing", each.doing().word()));
    }
    Set<PersonId> there = here.stream().map(Here::person).collect(Collectors.toSet());
    stream.send(there, "presence", Map.of("key", ticket, "people", people));
  }
}
