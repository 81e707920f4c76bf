/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;

/**
 * Lists people, teams and organisations as far as the caller may read them. Lists and single
 * records are found by the same condition, so that they can't disagree.
 */
@Component(service = PeopleSearch.class)
public class PeopleSearch {
  static final String PERSON_READ = "person:read";

  private final Database database;
  private final Directory directory;
  private final Callers callers;

  @Activate
  public PeopleSearch(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Directory directory,
      @Reference Callers callers) {
    this.database = database;
    this.directory = directory;
    this.callers = callers;
  }

  /**
   * Which people.
   *
   * @param q what a word of the display name, the username or the address begins with
   * @param team a team's key
   * @param role a role's key
   */
  public record Wanted(
      Optional<String> q, Optional<String> team, Optional<String> role, Optional<Boolean> active) {
    public static final Wanted ALL =
        new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static Wanted inTeam(String team) {
      return new Wanted(Optional.empty(), Optional.of(team), Optional.empty(), Optional.empty());
    }
  }

  /** People after a username, in the order of usernames. */
  public List<Profile> people(Wanted wanted, String after, int limit) {
    return directory.profiles(ids(wanted, after, limit));
  }

  private List<Long> ids(Wanted wanted, String after, int limit) {
    return database.read(
        em -> {
          Condition where = visible();
          where.and("p.username > :after", "after", after);
          wanted.q().filter(q -> !q.isBlank()).ifPresent(q -> matching(where, q));
          // beside "like … escape" Derby gets values unbound, and a boolean as a number
          wanted
              .active()
              .ifPresent(
                  active ->
                      where.and(
                          "cast(p.enabled as varchar(5)) = :active",
                          "active",
                          Boolean.toString(active)));
          wanted
              .team()
              .ifPresent(
                  team ->
                      where.and(
                          "p.id in (select m.person from TeamMemberRow m, TeamRow t"
                              + " where m.team = t.id and t.teamKey = :team)",
                          "team",
                          team));
          wanted
              .role()
              .ifPresent(
                  role ->
                      where.and(
                          "p.id in (select r.person from PersonRoleRow r where r.role = :role)",
                          "role",
                          role));
          return where
              .query(em, "select p.id from PersonRow p", " order by p.username", Long.class)
              .setMaxResults(limit)
              .getResultList();
        });
  }

  /**
   * @throws DomainException NOT_FOUND, also when the caller may not read the person
   */
  public Profile person(String username) {
    List<Long> ids =
        database.read(
            em -> {
              Condition where = visible();
              where.and("p.username = :username", "username", Accounts.canonical(username));
              return where
                  .query(em, "select p.id from PersonRow p", "", Long.class)
                  .getResultList();
            });
    return directory.profiles(ids).stream().findFirst().orElseThrow(PeopleDesk::unknown);
  }

  /** Teams after a key, in the order of keys: all of them, or the caller's own. */
  public List<Team> teams(Optional<String> q, String after, int limit) {
    return database.read(
        em -> {
          Condition where = new Condition();
          where.and("t.teamKey > :after", "after", after);
          q.filter(text -> !text.isBlank())
              .ifPresent(text -> named(where, "t.teamKey", "t.name", text));
          if (!readsAll()) {
            where.and("t.id in :mine", "mine", ids(callers.current().teams()));
          }
          return where
              .query(em, "select t from TeamRow t", " order by t.teamKey", TeamRow.class)
              .setMaxResults(limit)
              .getResultStream()
              .map(TeamRow::team)
              .toList();
        });
  }

  /**
   * @throws DomainException NOT_FOUND, also when the caller may not read the team
   */
  public Team team(String key) {
    Optional<Team> found = database.read(em -> Rows.team(em, key).map(TeamRow::team));
    return found
        .filter(team -> readsAll() || callers.current().teams().contains(team.id()))
        .orElseThrow(() -> DomainException.notFound("error.team.missing"));
  }

  /** Organisations after a key, in the order of keys: all of them, or the caller's own. */
  public List<Organisation> organisations(Optional<String> q, String after, int limit) {
    return database.read(
        em -> {
          Condition where = new Condition();
          where.and("o.orgKey > :after", "after", after);
          q.filter(text -> !text.isBlank())
              .ifPresent(text -> named(where, "o.orgKey", "o.name", text));
          if (!readsAll()) {
            where.and(
                "o.id = :mine",
                "mine",
                callers.current().organisation().map(o -> o.value()).orElse(-1L));
          }
          return where
              .query(
                  em,
                  "select o from OrganisationRow o",
                  " order by o.orgKey",
                  OrganisationRow.class)
              .setMaxResults(limit)
              .getResultStream()
              .map(OrganisationRow::organisation)
              .toList();
        });
  }

  /**
   * @throws DomainException NOT_FOUND, also when the caller may not read the organisation
   */
  public Organisation organisation(String key) {
    Optional<Organisation> found =
        database.read(em -> Rows.organisation(em, key).map(OrganisationRow::organisation));
    return found
        .filter(
            o -> readsAll() || callers.current().organisation().filter(o.id()::equals).isPresent())
        .orElseThrow(() -> DomainException.notFound("error.organisation.missing"));
  }

  private boolean readsAll() {
    return callers.current().grant(PERSON_READ) == GrantScope.ALL;
  }

  private Condition visible() {
    Caller caller = callers.current();
    GrantScope reach = caller.grant(PERSON_READ);
    Condition where = new Condition();
    if (reach == GrantScope.ALL) {
      return where;
    }
    if (reach == GrantScope.NONE) {
      throw DomainException.forbidden("error.administration.refused");
    }
    StringBuilder any = new StringBuilder("p.id = :me");
    where.set("me", caller.person().map(id -> id.value()).orElse(-1L));
    if (reach.compareTo(GrantScope.TEAM) >= 0) {
      any.append(" or p.id in (select v.person from TeamMemberRow v where v.team in :myTeams)");
      where.set("myTeams", ids(caller.teams()));
    }
    if (reach.compareTo(GrantScope.ORGANISATION) >= 0) {
      any.append(" or p.organisation = :myOrganisation");
      where.set("myOrganisation", caller.organisation().map(o -> o.value()).orElse(-1L));
    }
    where.and("(" + any + ")");
    return where;
  }

  /** Never empty, which SQL can't say: no record has this id. */
  private static List<Long> ids(Collection<TeamId> teams) {
    List<Long> ids = new ArrayList<>();
    teams.forEach(team -> ids.add(team.value()));
    if (ids.isEmpty()) {
      ids.add(-1L);
    }
    return ids;
  }

  private static void matching(Condition where, String q) {
    String begin = escaped(q);
    where.and(
        "(p.username like :begin escape '!' or p.emailKey like :begin escape '!'"
            + " or p.nameKey like :begin escape '!' or p.nameKey like :word escape '!')",
        "begin",
        begin + "%");
    where.set("word", "% " + begin + "%");
  }

  private static void named(Condition where, String key, String name, String q) {
    String begin = escaped(q);
    where.and(
        "(%s like :begin escape '!' or lower(%s) like :begin escape '!' or lower(%s) like :word escape '!')"
            .formatted(key, name, name),
        "begin",
        begin + "%");
    where.set("word", "% " + begin + "%");
  }

  private static String escaped(String q) {
    String low = q.strip().toLowerCase(Locale.ROOT);
    String cut =
        low.length() <= PersonRules.MAX_NAME ? low : low.substring(0, PersonRules.MAX_NAME);
    return cut.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** A condition in JPQL with its bound values; nothing of a request becomes part of the text. */
  private static final class Condition {
    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    void and(String part) {
      parts.add(part);
    }

    void and(String part, String name, Object value) {
      parts.add(part);
      values.put(name, value);
    }

    void set(String name, Object value) {
      values.put(name, value);
    }

    <T> TypedQuery<T> query(EntityManager em, String select, String order, Class<T> type) {
      String where = parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
      TypedQuery<T> query = em.createQuery(select + where + order, type);
      values.forEach(query::setParameter);
      return query;
    }
  }
}
