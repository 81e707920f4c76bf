/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.security.NewPerson;
import org.talka.security.PersonChange;
import org.talka.security.internal.origin.Origins;
import org.talka.security.internal.password.PasswordRules;
import org.talka.security.internal.password.Passwords;
import org.talka.security.internal.session.Sessions;
import org.talka.security.internal.text.FieldChecks;

/** Creates and changes people. */
@Component(service = PeopleDesk.class)
public class PeopleDesk {
  private final Database database;
  private final Transactions transactions;
  private final Directory directory;
  private final Sessions sessions;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final Access access;
  private final Audit audit;
  private final Origins origins;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public PeopleDesk(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference Directory directory,
      @Reference Sessions sessions,
      @Reference Passwords passwords,
      @Reference PasswordRules rules,
      @Reference Access access,
      @Reference Audit audit,
      @Reference Origins origins) {
    this.database = database;
    this.transactions = transactions;
    this.directory = directory;
    this.sessions = sessions;
    this.passwords = passwords;
    this.rules = rules;
    this.access = access;
    this.audit = audit;
    this.origins = origins;
  }

  /** A new person whose password follows the rules. */
  public Person create(NewPerson person) {
    return create(person, true);
  }

  /**
   * The first administrator, whose password the operator chose: the rules are not asked.
   *
   * @return what the rules would have said
   */
  public Optional<org.talka.api.text.Text> createAsGiven(NewPerson person) {
    create(person, false);
    return rules.refusal(person.username(), person.password().orElseThrow());
  }

  private Person create(NewPerson person, boolean strict) {
    access.require(Access.PERSON_ADMIN, "person:" + person.username());
    FieldChecks checks = new FieldChecks();
    String username = PersonRules.username(checks, person.username());
    String name = checks.line("displayName", person.displayName(), PersonRules.MAX_NAME);
    Optional<String> email = PersonRules.email(checks, person.email());
    if (strict) {
      person.password().ifPresent(password -> password(checks, username, password));
    }
    checks.done();
    Optional<String> phc = person.password().map(passwords::hash);
    return database.write(
        em -> {
          access.requireAbove(em, person.roles(), "person:" + username);
          FieldChecks later = new FieldChecks();
          later.require(
              Rows.person(em, username).isEmpty(), "username", "error.person.usernameTaken");
          roles(em, later, person.roles());
          List<Long> teams = teams(em, later, person.teams());
          Optional<Long> organisation =
              person.organisation().flatMap(key -> organisation(em, later, key));
          later.done();
          Instant now = clock.instant();
          PersonRow row = new PersonRow(username, now);
          row.displayName(name);
          row.email(email);
          row.organisation(organisation);
          row.locale(person.locale());
          row.zone(person.zone());
          phc.ifPresent(hash -> row.password(hash, now));
          em.persist(row);
          em.flush();
          person.roles().forEach(role -> em.persist(new PersonRoleRow(row.id(), role)));
          teams.forEach(team -> em.persist(new TeamMemberRow(team, row.id())));
          audit.record(
              "person.created",
              "person:" + username,
              Map.of(
                  "name", name,
                  "roles", list(person.roles()),
                  "teams", list(person.teams())));
          return row.person();
        });
  }

  /** An administrator's change. */
  public Person change(String username, PersonChange change) {
    access.require(Access.PERSON_ADMIN, "person:" + username);
    return apply(username, change, true);
  }

  /** What people may change about themselves; everything else of the change is ignored. */
  public Person changeSelf(PersonId self, PersonChange change) {
    PersonChange own =
        new PersonChange(
            change.displayName(),
            Optional.empty(),
            change.password(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            change.locale(),
            change.zone());
    return apply(directory.person(self).orElseThrow().username(), own, false);
  }

  private Person apply(String name, PersonChange change, boolean administered) {
    String username = Accounts.canonical(name);
    FieldChecks checks = new FieldChecks();
    Optional<String> displayName =
        change.displayName().map(n -> checks.line("displayName", n, PersonRules.MAX_NAME));
    Optional<Optional<String>> email = change.email().map(e -> PersonRules.email(checks, e));
    change.password().ifPresent(password -> password(checks, username, password));
    checks.done();
    if (change.password().isPresent() && database.read(em -> Rows.person(em, username)).isEmpty()) {
      throw unknown();
    }
    Optional<String> phc = change.password().map(passwords::hash);
    return database.write(
        em -> {
          PersonRow row = Rows.person(em, username).orElseThrow(PeopleDesk::unknown);
          Set<String> before = rolesOf(em, row.id());
          if (administered) {
            access.requireAbove(em, before, "person:" + username);
            change.roles().ifPresent(roles -> access.requireAbove(em, roles, "person:" + username));
          }
          Map<String, String> details = new TreeMap<>();
          displayName
              .filter(n -> !n.equals(row.displayName()))
              .ifPresent(
                  n -> {
                    row.displayName(n);
                    details.put("displayName", n);
                  });
          email.ifPresent(
              e -> {
                row.email(e);
                details.put("email", "changed");
              });
          change.locale().ifPresent(row::locale);
          change.zone().ifPresent(row::zone);
          boolean others = groups(em, row, change, before, details);
          boolean locked = false;
          if (change.active().isPresent() && change.active().get() != row.enabled()) {
            locked = !change.active().get();
            row.enabled(change.active().get());
            details.put("active", String.valueOf(row.enabled()));
          }
          if (locked || others && before.contains(Grants.ADMIN)) {
            em.flush();
            requireAnAdmin(em, row.id(), before);
          }
          phc.ifPresent(
              hash -> {
                row.password(hash, clock.instant());
                details.put("password", "changed");
              });
          PersonId id = new PersonId(row.id());
          if (locked || others || phc.isPresent()) {
            sessions.endAll(id, origins.current().session());
          }
          if (!details.isEmpty()) {
            audit.record("person.changed", "person:" + username, details);
          }
          directory.changed(id);
          return row.person();
        });
  }

  /** Whether roles changed. */
  private boolean groups(
      EntityManager em,
      PersonRow row,
      PersonChange change,
      Set<String> before,
      Map<String, String> details) {
    FieldChecks checks = new FieldChecks();
    change.roles().ifPresent(roles -> roles(em, checks, roles));
    Optional<List<Long>> teams = change.teams().map(keys -> teams(em, checks, keys));
    Optional<Optional<Long>> organisation =
        change.organisation().map(key -> key.flatMap(k -> organisation(em, checks, k)));
    checks.done();
    teams.ifPresent(
        ids -> {
          replaceTeams(em, row.id(), ids);
          details.put("teams", list(change.teams().orElseThrow()));
        });
    organisation.ifPresent(
        id -> {
          row.organisation(id);
          details.put("organisation", change.organisation().orElseThrow().orElse(""));
        });
    if (change.roles().isEmpty() || change.roles().get().equals(before)) {
      return false;
    }
    Set<String> after = change.roles().get();
    for (String role : before) {
      if (!after.contains(role)) {
        em.remove(em.find(PersonRoleRow.class, new PersonRoleRow.Key(row.id(), role)));
      }
    }
    for (String role : after) {
      if (!before.contains(role)) {
        em.persist(new PersonRoleRow(row.id(), role));
      }
    }
    details.put("roles", list(after));
    return true;
  }

  private static void replaceTeams(EntityManager em, long person, List<Long> after) {
    Set<Long> before =
        new HashSet<>(
            em.createQuery("select m.team from TeamMemberRow m where m.person = :id", Long.class)
                .setParameter("id", person)
                .getResultList());
    for (Long team : before) {
      if (!after.contains(team)) {
        em.remove(em.find(TeamMemberRow.class, new TeamMemberRow.Key(team, person)));
      }
    }
    for (Long team : after) {
      if (!before.contains(team)) {
        em.persist(new TeamMemberRow(team, person));
      }
    }
  }

  /** The desk must stay governable: somebody who may sign in has the role admin. */
  private static void requireAnAdmin(EntityManager em, long person, Set<String> before) {
    if (!before.contains(Grants.ADMIN)) {
      return;
    }
    long admins =
        em.createQuery(
                "select count(p) from PersonRow p, PersonRoleRow r"
                    + " where r.person = p.id and r.role = :role and p.enabled = true",
                Long.class)
            .setParameter("role", Grants.ADMIN)
            .getSingleResult();
    if (admins == 0) {
      throw DomainException.conflict("error.person.lastAdmin");
    }
  }

  private void password(FieldChecks checks, String username, String password) {
    rules
        .refusal(username, password)
        .ifPresent(refusal -> checks.add(new FieldError("password", refusal)));
  }

  private static void roles(EntityManager em, FieldChecks checks, Set<String> keys) {
    List<String> known =
        em.createQuery("select r.roleKey from RoleRow r", String.class).getResultList();
    unknown(keys, known)
        .ifPresent(k -> checks.require(false, "roles", "error.role.unknown", "role", k));
  }

  private static List<Long> teams(EntityManager em, FieldChecks checks, Set<String> keys) {
    List<Long> ids = new ArrayList<>();
    for (String key : new TreeSet<>(keys)) {
      Optional<TeamRow> team = Rows.team(em, key);
      team.ifPresent(row -> ids.add(row.id()));
      checks.require(team.isPresent(), "teams", "error.team.unknown", "team", shown(key));
    }
    return ids;
  }

  private static Optional<Long> organisation(EntityManager em, FieldChecks checks, String key) {
    Optional<Long> id = Rows.organisation(em, key).map(OrganisationRow::id);
    checks.require(
        id.isPresent(), "organisation", "error.organisation.unknown", "organisation", shown(key));
    return id;
  }

  private static Optional<String> unknown(Set<String> keys, List<String> known) {
    return keys.stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .findFirst()
        .map(PeopleDesk::shown);
  }

  private static Set<String> rolesOf(EntityManager em, long person) {
    return Set.copyOf(
        em.createQuery("select r.role from PersonRoleRow r where r.person = :id", String.class)
            .setParameter("id", person)
            .getResultList());
  }

  private static String list(Set<String> keys) {
    return String.join(" ", new TreeSet<>(keys));
  }

  private static String shown(String key) {
    return key.length() <= 40 ? key : key.substring(0, 40) + "…";
  }

  static DomainException unknown() {
    return DomainException.notFound("error.person.unknown");
  }

  static String canonical(String username) {
    return username.strip().toLowerCase(Locale.ROOT);
  }
}
