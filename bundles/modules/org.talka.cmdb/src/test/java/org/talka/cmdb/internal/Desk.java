/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.cmdb.internal.graph.ItemGraph;
import org.talka.cmdb.internal.graph.RelationStore;
import org.talka.cmdb.internal.graph.Relations;
import org.talka.cmdb.internal.intake.IntakeDesk;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.schema.Classes;
import org.talka.cmdb.internal.schema.FirstSchema;
import org.talka.cmdb.internal.schema.RelationTypes;
import org.talka.cmdb.internal.schema.SchemaStore;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.testkit.security.TestCaller;
import org.talka.testkit.security.TestCallers;

/** The module on a test's database, with people, and a clock that tests move. */
public final class Desk implements Callers, People, Audit {
  public final Database database;
  public final Transactions transactions;
  public final SchemaStore schema;
  public final Classes classes;
  public final RelationTypes relationTypes;
  public final ItemGraph graph;
  public final ItemStore store;
  public final RelationStore relationStore;
  public final Items items;
  public final Relations relations;
  public final List<String> audited = new ArrayList<>();
  public final Map<String, GrantScope> grants = new HashMap<>();
  public long me = 1;
  private final TestCallers callers = new TestCallers(() -> caller(me));

  /** Whose accounts are closed. */
  public final Set<Long> closed = new HashSet<>();

  public Instant now = Instant.parse("2026-03-01T08:00:00Z");

  public Desk(TestDatabase database) {
    this.database = database.unit();
    this.transactions = database.transactions();
    Clock clock = new Ticking();
    schema = new SchemaStore(this.database, transactions, clock);
    new FirstSchema(schema).begin();
    classes = new Classes(schema, this.database, this);
    relationTypes = new RelationTypes(schema, this.database, this);
    graph = new ItemGraph(this.database, transactions, schema);
    store = new ItemStore(this.database, graph, clock);
    relationStore = new RelationStore(this.database, graph, clock);
    items = new Items(store, schema, this, this, this.database);
    relations = new Relations(relationStore, schema, items, store, this.database, this);
    grants.put(Items.READ, GrantScope.ALL);
    grants.put(Items.UPDATE, GrantScope.ALL);
  }

  /** Moves on by a second with every look. */
  private final class Ticking extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }
  }

  public Item item(String classKey, String name) {
    return items.create(Map.of("classKey", classKey, "name", name), "");
  }

  /** What imports need, on this database. */
  public IntakeDesk intake() {
    return new IntakeDesk(this);
  }

  /**
   * Does one thing in a transaction and, while that is not committed, another on a second thread.
   *
   * @return how the other was refused
   */
  public DomainException whileUncommitted(Runnable one, Runnable other) throws Exception {
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    Thread second = new Thread(other);
    second.setUncaughtExceptionHandler((thread, refused) -> refusal.set(refused));
    database.write(
        em -> {
          one.run();
          em.flush();
          second.start();
          try {
            // long enough for it to look at what is committed, or to wait for this
            second.join(500);
          } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
          }
          return null;
        });
    second.join();
    return assertInstanceOf(DomainException.class, refusal.get());
  }

  private TestCaller caller(long id) {
    return TestCaller.person(id, grants).in(new TeamId(id * 10));
  }

  @Override
  public Caller current() {
    return callers.current();
  }

  @Override
  public <T> T as(Caller caller, Supplier<T> work) {
    return callers.as(caller, work);
  }

  @Override
  public Caller system(String moduleId) {
    return callers.system(moduleId);
  }

  @Override
  public Optional<Person> person(PersonId id) {
    return Optional.of(
        new Person(
            id,
            "person" + id.value(),
            "Person " + id.value(),
            Optional.empty(),
            Optional.empty(),
            true));
  }

  @Override
  public Optional<Person> personByUsername(String username) {
    return username.matches("person[0-9]")
        ? person(new PersonId(Long.parseLong(username.substring(6))))
        : Optional.empty();
  }

  @Override
  public Map<PersonId, Person> persons(Collection<PersonId> ids) {
    Map<PersonId, Person> found = new HashMap<>();
    ids.forEach(id -> found.put(id, person(id).orElseThrow()));
    return found;
  }

  @Override
  public Optional<Team> team(TeamId id) {
    return Optional.of(new Team(id, "team" + id.value(), "Team " + id.value()));
  }

  @Override
  public Optional<Team> teamByKey(String key) {
    return key.matches("team[0-9]{2}")
        ? team(new TeamId(Long.parseLong(key.substring(4))))
        : Optional.empty();
  }

  @Override
  public Optional<Organisation> organisation(OrganisationId id) {
    return Optional.empty();
  }

  @Override
  public Optional<Organisation> organisationByKey(String key) {
    return Optional.empty();
  }

  @Override
  public Set<TeamId> teamsOf(PersonId id) {
    return Set.of();
  }

  @Override
  public GrantScope grant(PersonId id, String permission) {
    return GrantScope.ALL;
  }

  @Override
  public Optional<Caller> caller(PersonId id) {
    return closed.contains(id.value()) ? Optional.empty() : Optional.of(caller(id.value()));
  }

  @Override
  public void record(String action, String object, Map<String, String> details) {
    audited.add(action + " " + object);
  }

  @Override
  public void recordAlways(String action, String object, Map<String, String> details) {
    record(action, object, details);
  }
}
