/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;

/** People, teams and organisations, and the callers made of people; all cached. */
@Component(service = {People.class, Directory.class})
public class Directory implements People {
  private static final int PEOPLE = 20_000;
  private static final int GROUPS = 2_000;
  private static final int CHUNK = 500;

  /** A person with the caller that follows from the permissions declared at that time. */
  private record Member(Profile profile, PersonCaller caller, long declarations) {}

  private final Database database;
  private final Transactions transactions;
  private final PermissionCatalogue permissions;
  private final FreshCache<Long, Member> members = new FreshCache<>(PEOPLE);
  private final FreshCache<String, Long> usernames = new FreshCache<>(PEOPLE);
  private final FreshCache<Long, Team> teams = new FreshCache<>(GROUPS);
  private final FreshCache<String, Team> teamsByKey = new FreshCache<>(GROUPS);
  private final FreshCache<Long, Organisation> organisations = new FreshCache<>(GROUPS);
  private final FreshCache<String, Organisation> organisationsByKey = new FreshCache<>(GROUPS);

  @Activate
  public Directory(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference PermissionCatalogue permissions) {
    this.database = database;
    this.transactions = transactions;
    this.permissions = permissions;
  }

  @Override
  public Optional<Person> person(PersonId id) {
    return profile(id).map(Profile::person);
  }

  @Override
  public Optional<Person> personByUsername(String username) {
    return id(username).flatMap(this::person);
  }

  @Override
  public Map<PersonId, Person> persons(Collection<PersonId> ids) {
    Map<PersonId, Person> persons = new HashMap<>();
    members(ids.stream().map(PersonId::value).distinct().toList())
        .values()
        .forEach(member -> persons.put(member.profile().person().id(), member.profile().person()));
    return persons;
  }

  @Override
  public Optional<Team> team(TeamId id) {
    return teams.get(
        id.value(),
        keep(),
        key ->
            database.read(
                em -> Optional.ofNullable(em.find(TeamRow.class, key)).map(TeamRow::team)));
  }

  @Override
  public Optional<Team> teamByKey(String key) {
    return teamsByKey.get(
        key, keep(), k -> database.read(em -> Rows.team(em, k).map(TeamRow::team)));
  }

  @Override
  public Optional<Organisation> organisation(OrganisationId id) {
    return organisations.get(
        id.value(),
        keep(),
        key ->
            database.read(
                em ->
                    Optional.ofNullable(em.find(OrganisationRow.class, key))
                        .map(OrganisationRow::organisation)));
  }

  @Override
  public Optional<Organisation> organisationByKey(String key) {
    return organisationsByKey.get(
        key,
        keep(),
        k -> database.read(em -> Rows.organisation(em, k).map(OrganisationRow::organisation)));
  }

  @Override
  public Set<TeamId> teamsOf(PersonId id) {
    return profile(id).map(Profile::teams).orElse(Set.of());
  }

  @Override
  public GrantScope grant(PersonId id, String permission) {
    return caller(id).map(caller -> caller.grant(permission)).orElse(GrantScope.NONE);
  }

  @Override
  public Optional<Caller> caller(PersonId id) {
    return personCaller(id).map(Caller.class::cast);
  }

  public Optional<Profile> profile(PersonId id) {
    return member(id.value()).map(Member::profile);
  }

  /** In the ids' order; ids that do not exist are left out. */
  List<Profile> profiles(List<Long> ids) {
    Map<Long, Member> found = members(ids);
    return ids.stream().filter(found::containsKey).map(id -> found.get(id).profile()).toList();
  }

  /** The person as a caller; nobody when the account is closed. */
  public Optional<PersonCaller> personCaller(PersonId id) {
    return member(id.value())
        .filter(member -> member.profile().person().active())
        .map(Member::caller);
  }

  /** The person behind a sign-in name, whatever its case. */
  public Optional<PersonId> id(String username) {
    String name = username.toLowerCase(Locale.ROOT);
    return usernames
        .get(name, keep(), n -> database.read(em -> Rows.person(em, n).map(PersonRow::id)))
        .map(PersonId::new);
  }

  /** To be called in the transaction that changes the person; counts once it is committed. */
  void changed(PersonId id) {
    transactions.afterCommit(() -> members.forget(id.value()));
  }

  /** What many people may, or how teams and organisations are called, changes. */
  void everythingChanged() {
    transactions.afterCommit(
        () -> {
          members.forgetAll();
          teams.forgetAll();
          teamsByKey.forgetAll();
          organisations.forgetAll();
          organisationsByKey.forgetAll();
        });
  }

  private Optional<Member> member(long id) {
    Optional<Member> member = members.get(id, keep(), this::load);
    if (member.isPresent() && member.get().declarations() != permissions.current().generation()) {
      members.forget(id);
      return members.get(id, keep(), this::load);
    }
    return member;
  }

  private Optional<Member> load(Long id) {
    return Optional.ofNullable(load(Set.of(id)).get(id));
  }

  private Map<Long, Member> members(Collection<Long> ids) {
    Map<Long, Member> found = members.getAll(ids, keep(), this::load);
    long declarations = permissions.current().generation();
    List<Long> behind = new ArrayList<>();
    found.forEach(
        (id, member) -> {
          if (member.declarations() != declarations) {
            behind.add(id);
          }
        });
    for (Long id : behind) {
      members.forget(id);
    }
    if (!behind.isEmpty()) {
      found.putAll(members.getAll(behind, keep(), this::load));
    }
    return found;
  }

  private Map<Long, Member> load(Set<Long> ids) {
    PermissionCatalogue.Snapshot declared = permissions.current();
    Map<Long, Member> loaded = new HashMap<>();
    List<Long> all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<Long> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
      database.read(
          em -> {
            Grants grants = Rows.grants(em);
            profiles(em, chunk)
                .forEach(
                    (id, profile) ->
                        loaded.put(
                            id,
                            new Member(
                                profile,
                                new PersonCaller(profile, grants.of(profile.roles(), declared)),
                                declared.generation())));
            return null;
          });
    }
    return loaded;
  }

  private static Map<Long, Profile> profiles(EntityManager em, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<Long, PersonRow> rows = new HashMap<>();
    em.createQuery("select p from PersonRow p where p.id in :ids", PersonRow.class)
        .setParameter("ids", ids)
        .getResultList()
        .forEach(row -> rows.put(row.id(), row));
    Map<Long, Set<String>> roles = new HashMap<>();
    em.createQuery(
            "select r.person, r.role from PersonRoleRow r where r.person in :ids", Object[].class)
        .setParameter("ids", ids)
        .getResultList()
        .forEach(r -> roles.computeIfAbsent((Long) r[0], id -> new HashSet<>()).add((String) r[1]));
    Map<Long, Set<TeamId>> teams = new HashMap<>();
    em.createQuery(
            "select m.person, m.team from TeamMemberRow m where m.person in :ids", Object[].class)
        .setParameter("ids", ids)
        .getResultList()
        .forEach(
            m ->
                teams
                    .computeIfAbsent((Long) m[0], id -> new HashSet<>())
                    .add(new TeamId((Long) m[1])));
    Map<Long, Profile> profiles = new LinkedHashMap<>();
    for (Long id : ids) {
      PersonRow row = rows.get(id);
      if (row != null) {
        profiles.put(
            id,
            new Profile(
                row.person(),
                roles.getOrDefault(id, Set.of()),
                teams.getOrDefault(id, Set.of()),
                row.locale(),
                row.zone(),
                row.createdAt()));
      }
    }
    return profiles;
  }

  /** What is read in a transaction may be its own change, which nobody else may see yet. */
  private boolean keep() {
    return !transactions.active();
  }
}
