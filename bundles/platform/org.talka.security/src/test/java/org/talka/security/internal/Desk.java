/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.module.ModuleDescriptor;
import org.talka.security.NewPerson;
import org.talka.security.internal.audit.AuditReader;
import org.talka.security.internal.audit.AuditTrail;
import org.talka.security.internal.origin.Origin;
import org.talka.security.internal.origin.Origins;
import org.talka.security.internal.password.PasswordRules;
import org.talka.security.internal.password.Passwords;
import org.talka.security.internal.people.Access;
import org.talka.security.internal.people.Accounts;
import org.talka.security.internal.people.CurrentCaller;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.Groups;
import org.talka.security.internal.people.PeopleDesk;
import org.talka.security.internal.people.PeopleOffice;
import org.talka.security.internal.people.PeopleSearch;
import org.talka.security.internal.people.PermissionCatalogue;
import org.talka.security.internal.people.Roles;
import org.talka.security.internal.session.SessionEnds;
import org.talka.security.internal.session.Sessions;
import org.talka.security.internal.session.SignIn;
import org.talka.security.internal.session.Tokens;
import org.talka.security.internal.setup.Settings;
import org.talka.security.internal.setup.Setup;
import org.talka.security.internal.setup.SetupState;
import org.talka.testkit.persistence.TestDatabase;

/** All of the bundle's components on a test's database, wired as the framework would. */
public final class Desk {
  public static final String PASSWORD = "three blind mice";

  public final Database database;
  public final Transactions transactions;
  public final CurrentCaller callers = new CurrentCaller();
  public final Origins origins = new Origins();
  public final PermissionCatalogue permissions = new PermissionCatalogue();
  public final Passwords passwords = new Passwords();
  public final PasswordRules rules = new PasswordRules();
  public final List<String> ended = new ArrayList<>();
  public final SessionEnds ends = new SessionEnds(List.of(ended::add));
  public final AuditTrail audit;
  public final AuditReader auditReader;
  public final Directory directory;
  public final Accounts accounts;
  public final Access access;
  public final Sessions sessions;
  public final SignIn signIn;
  public final Tokens tokens;
  public final PeopleDesk people;
  public final Groups groups;
  public final Roles roles;
  public final PeopleSearch search;
  public final PeopleOffice office;
  public final Settings settings;
  public final SetupState setupState;
  public final Setup setup;

  public Desk(TestDatabase test) {
    seed(test);
    database = test.unit("security");
    transactions = test.transactions();
    audit = new AuditTrail(database, transactions, callers, origins);
    auditReader = new AuditReader(database);
    directory = new Directory(database, transactions, permissions);
    accounts = new Accounts(database);
    access = new Access(callers, audit, permissions);
    sessions = new Sessions(database, transactions, directory, ends);
    signIn = new SignIn(passwords, accounts, directory, sessions, transactions, callers, audit);
    tokens = new Tokens(database, transactions, directory, permissions, audit);
    people =
        new PeopleDesk(
            database, transactions, directory, sessions, passwords, rules, access, audit, origins);
    groups = new Groups(database, directory, access, audit);
    roles = new Roles(database, directory, permissions, access, audit);
    search = new PeopleSearch(database, directory, callers);
    office = new PeopleOffice(people, groups, roles);
    settings = new Settings(database, transactions);
    setupState = new SetupState(settings, transactions);
    setup = new Setup(settings, setupState, people, transactions, callers, audit);
    permissions.declared(
        descriptor(
            "core",
            permission("person:read", "people:read", Map.of("requester", "own", "agent", "all")),
            permission("person:admin", "people:admin", Map.of("admin", "all")),
            permission("role:admin", "people:admin", Map.of("admin", "all")),
            permission("ticket:read", "tickets:read", Map.of("requester", "own", "agent", "all"))));
  }

  public void close() {
    sessions.close();
  }

  /** What the migrations insert and the kit's cleaning takes away. */
  private static void seed(TestDatabase test) {
    try (Connection connection = test.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      for (String role : List.of("requester", "agent", "manager", "admin")) {
        statement.execute(
            "insert into sec_role (role_key, built_in, version) values ('" + role + "', true, 0)");
      }
      statement.execute("insert into sec_audit_head (id, seq, hash) values (1, 0, '')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ModuleDescriptor.PermissionDefinition permission(
      String key, String tokenScope, Map<String, String> roles) {
    return new ModuleDescriptor.PermissionDefinition(key, tokenScope, roles);
  }

  public static ModuleDescriptor descriptor(
      String id, ModuleDescriptor.PermissionDefinition... permissions) {
    return new ModuleDescriptor(
        id,
        "1.0.0",
        true,
        null,
        List.of(permissions),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Runs the work as the system, which may everything. */
  public <T> T asSystem(Supplier<T> work) {
    return callers.as(callers.system("core"), work);
  }

  public <T> T as(PersonId person, Supplier<T> work) {
    Caller caller = directory.caller(person).orElseThrow();
    return callers.as(caller, work);
  }

  /** Runs the work as part of a request that came with this session. */
  public <T> T inSession(String session, Supplier<T> work) {
    Origin before = origins.enter(new Origin("192.0.2.1", "abc", Optional.of(session)));
    try {
      return work.get();
    } finally {
      origins.leave(before);
    }
  }

  public PersonId person(String username, String... roles) {
    return asSystem(
        () ->
            office
                .createPerson(NewPerson.of(username, "Person " + username).withRoles(Set.of(roles)))
                .id());
  }

  public PersonId personWithPassword(String username, String... roles) {
    return asSystem(
        () ->
            office
                .createPerson(
                    NewPerson.of(username, "Person " + username)
                        .withRoles(Set.of(roles))
                        .withPassword(PASSWORD))
                .id());
  }

  public Sessions.Started signIn(String username) {
    return signIn.signIn(username, PASSWORD, "192.0.2.1", "test", Optional.empty());
  }
}
