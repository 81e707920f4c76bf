/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.security.Colleagues;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.Mentioned;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.text.Markdown;

/**
 * People and teams that are called by name in a comment: {@code @username} and {@code @team:key}.
 * Only who may read the comment can be called; whoever may not read the directory can call only
 * those who have to do with the ticket anyway, so that nobody is found out by trying.
 */
@Component(service = Mentions.class)
public class Mentions {
  private static final String TEAM = "team:";

  /** A text that calls more than this is a list. */
  private static final int MANY = 20;

  /** How many handles are looked up in one text. */
  private static final int LOOKED_UP = 100;

  private static final int WATCHERS = 100;
  private static final int BATCH = 50;
  private static final int BATCHES = 5;
  private static final int TEAMS = 3;

  private final Visibility visibility;
  private final People people;
  private final Colleagues colleagues;
  private final Markdown markdown;

  @Activate
  public Mentions(
      @Reference Visibility visibility,
      @Reference People people,
      @Reference Colleagues colleagues,
      @Reference Markdown markdown) {
    this.visibility = visibility;
    this.people = people;
    this.colleagues = colleagues;
    this.markdown = markdown;
  }

  /**
   * Somebody who can be called.
   *
   * @param handle what stands behind the {@code @}
   */
  public record Candidate(boolean team, String handle, String name) {}

  /** Whom a text calls. */
  public Mentioned in(String text, Caller caller, TicketImage ticket, boolean internal) {
    Set<PersonId> called = new LinkedHashSet<>();
    Set<TeamId> teams = new LinkedHashSet<>();
    int[] asked = {0};
    markdown.handles(
        text,
        handle -> {
          if (asked[0]++ >= LOOKED_UP || called.size() + teams.size() >= MANY) {
            return Optional.empty();
          }
          if (handle.startsWith(TEAM)) {
            Optional<Team> team = team(handle, caller);
            team.ifPresent(found -> teams.add(found.id()));
            return team.map(Team::name);
          }
          Optional<Person> person =
              people
                  .personByUsername(handle)
                  .filter(found -> mayCall(caller, ticket, found))
                  .filter(found -> reads(found.id(), ticket, internal));
          person.ifPresent(found -> called.add(found.id()));
          return person.map(Person::displayName);
        });
    return called.isEmpty() && teams.isEmpty()
        ? Mentioned.NOBODY
        : new Mentioned(List.copyOf(called), List.copyOf(teams));
  }

  /** The names behind the handles of those who were called. */
  public Map<String, String> handles(Mentioned mentioned, Map<PersonId, Person> persons) {
    Map<String, String> names = new HashMap<>();
    for (PersonId id : mentioned.people()) {
      Person person = persons.get(id);
      if (person != null) {
        names.put(person.username(), person.displayName());
      }
    }
    for (TeamId id : mentioned.teams()) {
      people.team(id).ifPresent(team -> names.put(TEAM + team.key(), team.name()));
    }
    return names;
  }

  /**
   * Lets who is called follow the ticket. They may read it already, so it shows them nothing more.
   *
   * @return who did not follow it before
   */
  List<Change> watch(TicketDraft draft, CommentImage comment) {
    List<Change> changes = new ArrayList<>();
    for (PersonId person : comment.mentioned().people()) {
      boolean self = comment.author().filter(person::equals).isPresent();
      if (!self && draft.watchers() < WATCHERS && draft.watch(person)) {
        changes.add(new Change("watcher", null, person.value()));
      }
    }
    return changes;
  }

  /**
   * Whom the caller could call: first those who have to do with the ticket, then others, then
   * teams.
   *
   * @param begin how a word of the name or the handle begins; everybody near when empty
   */
  public List<Candidate> candidates(
      Caller caller, TicketImage ticket, String begin, boolean internal, int limit) {
    Map<String, Candidate> found = new LinkedHashMap<>();
    for (Person person : near(ticket)) {
      if (begins(person, begin)) {
        offer(found, caller, ticket, person, internal);
      }
    }
    if (readsPeople(caller)) {
      others(found, caller, ticket, begin, internal, limit);
      List<Team> teams = begin.isEmpty() ? own(caller) : colleagues.teams(begin, TEAMS);
      int room = Math.max(0, limit - Math.min(teams.size(), TEAMS));
      List<Candidate> all = new ArrayList<>(found.values().stream().limit(room).toList());
      teams.stream()
          .limit(TEAMS)
          .forEach(team -> all.add(new Candidate(true, TEAM + team.key(), team.name())));
      found.values().stream().skip(room).forEach(all::add);
      return all.stream().limit(limit).toList();
    }
    return found.values().stream().limit(limit).toList();
  }

  private void others(
      Map<String, Candidate> found,
      Caller caller,
      TicketImage ticket,
      String begin,
      boolean internal,
      int limit) {
    String after = "";
    for (int i = 0; i < BATCHES && found.size() < limit; i++) {
      List<Person> batch = colleagues.people(begin, after, BATCH);
      for (Person person : batch) {
        if (found.size() < limit) {
          offer(found, caller, ticket, person, internal);
        }
        after = person.username();
      }
      if (batch.size() < BATCH) {
        return;
      }
    }
  }

  private void offer(
      Map<String, Candidate> found,
      Caller caller,
      TicketImage ticket,
      Person person,
      boolean internal) {
    boolean self = caller.person().filter(person.id()::equals).isPresent();
    if (!self && !found.containsKey(person.username()) && reads(person.id(), ticket, internal)) {
      found.put(person.username(), new Candidate(false, person.username(), person.displayName()));
    }
  }

  private List<Team> own(Caller caller) {
    return caller.teams().stream().flatMap(team -> people.team(team).stream()).toList();
  }

  private List<Person> near(TicketImage ticket) {
    Set<PersonId> ids = new LinkedHashSet<>();
    ticket.assignee().ifPresent(ids::add);
    ticket.requester().ifPresent(ids::add);
    ids.addAll(ticket.watchers());
    Map<PersonId, Person> persons = people.persons(ids);
    return ids.stream().filter(persons::containsKey).map(persons::get).toList();
  }

  private Optional<Team> team(String handle, Caller caller) {
    return readsPeople(caller)
        ? people.teamByKey(handle.substring(TEAM.length()))
        : Optional.empty();
  }

  private static boolean readsPeople(Caller caller) {
    return caller.grant("person:read") == GrantScope.ALL;
  }

  private static boolean mayCall(Caller caller, TicketImage ticket, Person person) {
    Optional<PersonId> id = Optional.of(person.id());
    return readsPeople(caller)
        || id.equals(ticket.requester())
        || id.equals(ticket.assignee())
        || ticket.watchers().contains(person.id());
  }

  private boolean reads(PersonId person, TicketImage ticket, boolean internal) {
    return colleagues
        .caller(person)
        .filter(caller -> visibility.sees(caller, ticket))
        .filter(caller -> !internal || visibility.may(caller, "ticket:note", ticket))
        .isPresent();
  }

  private static boolean begins(Person person, String begin) {
    String wanted = folded(begin);
    return person.username().startsWith(begin.toLowerCase(Locale.ROOT))
        || List.of(folded(person.displayName()).split("\\s+")).stream()
            .anyMatch(word -> word.startsWith(wanted))
        || folded(person.displayName()).startsWith(wanted);
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
