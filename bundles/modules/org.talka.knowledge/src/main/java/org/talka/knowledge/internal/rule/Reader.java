/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.store.Article;

/**
 * Who reads, and the one rule of what they see: a condition that is asked of a record, of the
 * database and of the index alike, so that a list can't show what a page refuses.
 *
 * @param manages sees everything
 * @param writes also sees, of what the audience admits, what is not published
 * @param agent belongs to those who give help
 * @param person absent for somebody who is not signed in
 * @param hidesOverdue whether readers don't see what is overdue for review
 */
public record Reader(
    boolean manages,
    boolean writes,
    boolean agent,
    Optional<PersonId> person,
    Set<TeamId> teams,
    LocalDate today,
    boolean hidesOverdue) {
  public static final String AGENTS = "knowledge:read-internal";
  public static final String WRITE = "knowledge:write";
  public static final String REVIEW = "knowledge:review";
  public static final String PUBLISH = "knowledge:publish";
  public static final String MANAGE = "knowledge:manage";

  public static Reader of(Caller caller, LocalDate today, Settings settings) {
    return new Reader(
        caller.kind() == Caller.Kind.SYSTEM || caller.may(MANAGE),
        caller.may(WRITE),
        caller.may(AGENTS),
        caller.person(),
        caller.teams(),
        today,
        settings.hideOverdue());
  }

  /**
   * Somebody else than the caller, as a reader alone: what they could be sent. Somebody without an
   * account sees what everybody sees.
   */
  public static Reader of(
      Optional<Person> person, People people, LocalDate today, Settings settings) {
    Optional<PersonId> id = person.filter(Person::active).map(Person::id);
    boolean agent = id.filter(who -> people.grant(who, AGENTS) != GrantScope.NONE).isPresent();
    Set<TeamId> teams = id.map(people::teamsOf).orElse(Set.of());
    return new Reader(false, false, agent, id, teams, today, settings.hideOverdue());
  }

  public boolean sees(Article article) {
    return FilterMatch.matches(visible(), article);
  }

  public Filter visible() {
    if (manages) {
      return new Filter.All();
    }
    Filter seen = Filter.and(admitted(), writes ? new Filter.All() : live());
    if (writes && person.isPresent()) {
      String me = Long.toString(person.get().value());
      seen = Filter.or(seen, new Filter.Is("owner", me));
      seen = Filter.or(seen, new Filter.Is("reviewer", me));
    }
    return seen;
  }

  /** For whom it is. */
  private Filter admitted() {
    List<Filter> ways = new ArrayList<>();
    ways.add(audience(Audience.PUBLIC));
    if (person.isPresent()) {
      ways.add(audience(Audience.PEOPLE));
    }
    if (agent) {
      ways.add(audience(Audience.AGENTS));
    }
    if (!teams.isEmpty()) {
      List<Filter> mine = new ArrayList<>();
      teams.forEach(team -> mine.add(new Filter.Is("team", Long.toString(team.value()))));
      ways.add(Filter.and(audience(Audience.TEAMS), new Filter.AnyOf(mine)));
    }
    return new Filter.AnyOf(ways);
  }

  private static Filter audience(Audience audience) {
    return new Filter.Is("audience", audience.word());
  }

  /** What is out now, whoever it is for. */
  public Filter live() {
    String day = Long.toString(today.toEpochDay());
    Filter live = new Filter.Is("state", Stage.PUBLISHED.word());
    live = Filter.and(live, new Filter.Between("validFrom", null, day));
    live = Filter.and(live, new Filter.Between("validUntil", day, null));
    return hidesOverdue
        ? Filter.and(
            live, new Filter.Between("reviewDue", Long.toString(today.toEpochDay() + 1), null))
        : live;
  }

  public boolean overdue(Article article) {
    return article.state() == Stage.PUBLISHED
        && article.reviewDue().filter(due -> !due.isAfter(today)).isPresent();
  }
}
