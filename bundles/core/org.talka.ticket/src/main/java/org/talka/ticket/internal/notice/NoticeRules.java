/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.security.Colleagues;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.service.EventKeywords;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * Who is told of an event, and why: nobody of what they did themselves, and nobody of what they may
 * not see.
 */
@Component(service = NoticeRules.class)
public class NoticeRules {
  public static final String APPROVE = "ticket:approve";

  /** More people than this are an audience, not somebody who is meant. */
  private static final int MANY = 200;

  private final Visibility visibility;
  private final Colleagues colleagues;
  private final TypeRegistry registry;

  @Activate
  public NoticeRules(
      @Reference Visibility visibility,
      @Reference Colleagues colleagues,
      @Reference TypeRegistry registry) {
    this.visibility = visibility;
    this.colleagues = colleagues;
    this.registry = registry;
  }

  /** People, each with all reasons to tell them; nobody for what is no news. */
  public Map<PersonId, Set<NoticeKind>> told(DomainEvent event) {
    Optional<EventKeywords> found = EventKeywords.of(event);
    if (found.isEmpty()) {
      return Map.of();
    }
    EventKeywords keywords = found.get();
    Told told = new Told();
    if (event.type().equals("ticket.commented")) {
      said(event, keywords, told);
    } else if (event.type().equals("ticket.created") || event.data().containsKey("stateBefore")) {
      changed(event, keywords, told);
    }
    boolean internal = internal(event);
    told.people
        .entrySet()
        .removeIf(
            entry ->
                event.actor().filter(entry.getKey()::equals).isPresent()
                    || !hears(entry.getKey(), keywords, internal, entry.getValue()));
    return told.people;
  }

  static boolean internal(DomainEvent event) {
    return Boolean.TRUE.equals(event.data().get("internal"));
  }

  /** The state that an event's ticket entered; empty when it stayed where it was. */
  static String entered(DomainEvent event) {
    boolean step =
        !event.type().equals("ticket.commented")
            && event.data().get("stateBefore") instanceof String before
            && !before.equals(event.data().get("state"));
    return step ? String.valueOf(event.data().get("state")) : "";
  }

  private void said(DomainEvent event, EventKeywords keywords, Told told) {
    people(event.data().get("mentions")).forEach(person -> told.add(person, NoticeKind.MENTION));
    ids(event.data().get("teamMentions"))
        .flatMap(team -> colleagues.members(new TeamId(team), MANY).stream())
        .forEach(person -> told.add(person, NoticeKind.MENTION));
    boolean internal = internal(event);
    NoticeKind kind = internal ? NoticeKind.NOTE : NoticeKind.REPLY;
    List<String> fields = new ArrayList<>(List.of("assignee", "watcher"));
    if (!internal) {
      fields.add("requester");
    }
    fields.forEach(
        field ->
            keywords.of(field).forEach(id -> told.add(new PersonId(Long.parseLong(id)), kind)));
  }

  private void changed(DomainEvent event, EventKeywords keywords, Told told) {
    Optional<String> assignee = keywords.one("assignee");
    assignee
        .filter(id -> !id.equals(before(event, "assigneeBefore")))
        .ifPresent(id -> told.add(new PersonId(Long.parseLong(id)), NoticeKind.ASSIGNED));
    keywords
        .one("team")
        .filter(id -> assignee.isEmpty() && !id.equals(before(event, "teamBefore")))
        .ifPresent(
            id ->
                colleagues
                    .members(new TeamId(Long.parseLong(id)), MANY)
                    .forEach(person -> told.add(person, NoticeKind.TEAM)));
    boolean created = event.type().equals("ticket.created");
    if (created || !entered(event).isEmpty()) {
      approvers(event, keywords).forEach(person -> told.add(person, NoticeKind.APPROVAL));
    }
    if (!entered(event).isEmpty()) {
      keywords
          .one("requester")
          .ifPresent(id -> told.add(new PersonId(Long.parseLong(id)), NoticeKind.STATE));
    }
  }

  /** Those of the ticket's team who may approve; when it has none who may, all who may. */
  private List<PersonId> approvers(DomainEvent event, EventKeywords keywords) {
    String state = String.valueOf(event.data().get("state"));
    boolean asks =
        registry
            .types()
            .find(String.valueOf(event.data().get("type")))
            .filter(type -> !type.missing())
            .filter(type -> type.from(state).stream().anyMatch(t -> t.permission().equals(APPROVE)))
            .isPresent();
    if (!asks) {
      return List.of();
    }
    List<PersonId> all = colleagues.holders(APPROVE, MANY);
    Optional<TeamId> team = keywords.one("team").map(Long::parseLong).map(TeamId::new);
    List<PersonId> near =
        all.stream()
            .filter(
                person ->
                    colleagues
                        .caller(person)
                        .filter(caller -> team.filter(caller.teams()::contains).isPresent())
                        .isPresent())
            .toList();
    return near.isEmpty() ? all : near;
  }

  private boolean hears(
      PersonId person, EventKeywords keywords, boolean internal, Set<NoticeKind> kinds) {
    Optional<Caller> caller = colleagues.caller(person);
    if (caller.isEmpty()
        || internal && !keywords.may(caller.get(), "ticket:note")
        || !visibility.sees(caller.get(), keywords::of)) {
      return false;
    }
    if (!keywords.may(caller.get(), APPROVE)) {
      kinds.remove(NoticeKind.APPROVAL);
    }
    return !kinds.isEmpty();
  }

  private static String before(DomainEvent event, String name) {
    return event.data().get(name) instanceof Number id ? Long.toString(id.longValue()) : "";
  }

  private static Stream<PersonId> people(Object list) {
    return ids(list).map(PersonId::new);
  }

  private static Stream<Long> ids(Object list) {
    return list instanceof List<?> all
        ? all.stream()
            .filter(Number.class::isInstance)
            .map(Number.class::cast)
            .map(Number::longValue)
        : Stream.empty();
  }

  private static final class Told {
    private final Map<PersonId, Set<NoticeKind>> people = new LinkedHashMap<>();

    void add(PersonId person, NoticeKind kind) {
      people.computeIfAbsent(person, p -> EnumSet.noneOf(NoticeKind.class)).add(kind);
    }
  }
}
