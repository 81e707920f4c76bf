/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.People;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.ticket.Entry.Kind;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class TicketItemsTest {
  private static final String INCIDENT = "INC-000001";

  private final TestDatabase database;
  private final Map<String, Object> fields = new HashMap<>();
  private boolean writable = true;
  private Runnable meanwhile = () -> {};
  private Desk desk;
  private TicketItems affected;
  private Item mail;
  private Item server;
  private Item webmail;

  TicketItemsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    affected =
        new TicketItems(
            new EntryStore(desk.database),
            tickets(),
            desk.items,
            desk.graph,
            people(),
            desk,
            desk.database);
    fields.clear();
    mail =
        desk.items.create(
            Map.of("classKey", "service", "name", "Mail", "owner", "person2", "team", "team20"),
            "");
    webmail = desk.item("application", "Webmail");
    server = desk.item("server", "mx1, Rīga");
    desk.relations.add("depends-on", mail, server);
    desk.relations.add("depends-on", webmail, mail);
  }

  /** Those of the desk; while they are looked up, something else happens once. */
  private People people() {
    return (People)
        Proxy.newProxyInstance(
            People.class.getClassLoader(),
            new Class<?>[] {People.class},
            (proxy, method, args) -> {
              Runnable once = meanwhile;
              meanwhile = () -> {};
              once.run();
              return method.invoke(desk, args);
            });
  }

  /** One incident, with whatever was written into its fields. */
  private Tickets tickets() {
    return (Tickets)
        Proxy.newProxyInstance(
            Tickets.class.getClassLoader(),
            new Class<?>[] {Tickets.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "get" -> ticket((String) args[0]);
                  case "require" -> {
                    ticket((String) args[0]);
                    if (!writable) {
                      throw DomainException.forbidden("error.ticket.forbidden");
                    }
                    yield null;
                  }
                  case "update" -> {
                    fields.putAll((Map<String, Object>) args[2]);
                    yield ticket((String) args[0]);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Ticket ticket(String key) {
    if (!key.equals(INCIDENT)) {
      throw DomainException.notFound("error.ticket.unknown");
    }
    return (Ticket)
        Proxy.newProxyInstance(
            Ticket.class.getClassLoader(),
            new Class<?>[] {Ticket.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "key" -> key;
                  case "fields" -> Map.copyOf(fields);
                  case "version" -> 1L;
                  case "moduleMissing" -> Optional.empty();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<String> shown(Kind kind) {
    return affected.of(ticket(INCIDENT)).stream()
        .filter(entry -> entry.kind() == kind)
        .map(entry -> (entry.excluded() ? "-" : entry.computed() ? "~" : "") + entry.label())
        .sorted()
        .toList();
  }

  @Test
  void whatFollowsFromAnItemIsOnTheTicketWithItsOwnersAndTeams() {
    affected.add(INCIDENT, server, "");
    assertEquals(List.of("mx1, Rīga", "~Mail", "~Webmail"), shown(Kind.ITEM));
    assertEquals(List.of("~Person 2"), shown(Kind.PERSON));
    assertEquals(List.of("~Team 20"), shown(Kind.TEAM));
  }

  @Test
  void whatPeopleNamedOrExcludedSurvivesAnotherComputation() {
    affected.add(INCIDENT, server, "");
    affected.remove(INCIDENT, webmail.id());
    affected.add(INCIDENT, Kind.PERSON, 3, "Person 3");
    affected.remove(INCIDENT, Kind.TEAM, 20);
    Item intranet = desk.item("application", "Intranet");
    desk.relations.add("depends-on", intranet, mail);
    affected.compute(INCIDENT);
    assertEquals(List.of("-Webmail", "mx1, Rīga", "~Intranet", "~Mail"), shown(Kind.ITEM));
    assertEquals(List.of("Person 3", "~Person 2"), shown(Kind.PERSON));
    assertEquals(List.of("-Team 20"), shown(Kind.TEAM));
    affected.include(INCIDENT, Kind.ITEM, webmail.id());
    assertEquals(List.of("mx1, Rīga", "~Intranet", "~Mail", "~Webmail"), shown(Kind.ITEM));
  }

  @Test
  void whatIsNamedWhileItIsComputedStaysNamed() {
    affected.add(INCIDENT, server, "");
    Item intranet = desk.item("application", "Intranet");
    desk.relations.add("depends-on", intranet, mail);
    meanwhile = () -> affected.add(INCIDENT, intranet, "");
    affected.compute(INCIDENT);
    assertEquals(List.of("Intranet", "mx1, Rīga", "~Mail", "~Webmail"), shown(Kind.ITEM));
  }

  @Test
  void whatFollowedFromAnItemGoesWithIt() {
    affected.add(INCIDENT, server, "");
    affected.remove(INCIDENT, server.id());
    assertEquals(List.of(), shown(Kind.ITEM));
    assertEquals(List.of(), shown(Kind.PERSON));
  }

  @Test
  void anItemThatFollowsCanBeNamedAndStaysThen() {
    affected.add(INCIDENT, server, "");
    affected.add(INCIDENT, mail, "");
    affected.remove(INCIDENT, server.id());
    assertEquals(List.of("Mail", "~Webmail"), shown(Kind.ITEM));
  }

  @Test
  void theFieldOfTheDeskKeepsTheNamesForWhenTheModuleIsAway() {
    fields.put(TicketItems.FIELD, List.of("the old mail box", "printer"));
    assertEquals(
        List.of("the old mail box", "printer"), affected.unmatched(ticket(INCIDENT), List.of()));
    affected.add(INCIDENT, server, "the old mail box");
    assertEquals(
        List.of("printer", "mx1; Rīga (" + server.key() + ")"), fields.get(TicketItems.FIELD));
    assertEquals(
        List.of("printer"), affected.unmatched(ticket(INCIDENT), affected.of(ticket(INCIDENT))));
    affected.remove(INCIDENT, server.id());
    assertEquals(List.of("printer"), fields.get(TicketItems.FIELD));
  }

  @Test
  void aTicketThatTheCallerDoesNotSeeIsNotThere() {
    assertThrows(DomainException.class, () -> affected.add("INC-000002", server, ""));
    assertThrows(DomainException.class, () -> affected.compute("INC-000002"));
  }

  @Test
  void onlyWhoMayChangeTheTicketAndSeesItemsSaysWhatItHasToDoWith() {
    affected.add(INCIDENT, server, "");
    List<Entry> before = affected.of(ticket(INCIDENT));
    writable = false;
    everyWriteIsRefused();
    writable = true;
    desk.grants.remove(Items.READ);
    everyWriteIsRefused();
    assertEquals(before, affected.of(ticket(INCIDENT)));
  }

  private void everyWriteIsRefused() {
    List<Executable> writes =
        List.of(
            () -> affected.add(INCIDENT, mail, ""),
            () -> affected.remove(INCIDENT, server.id()),
            () -> affected.add(INCIDENT, Kind.PERSON, 3, "Person 3"),
            () -> affected.remove(INCIDENT, Kind.PERSON, 2),
            () -> affected.include(INCIDENT, Kind.PERSON, 2),
            () -> affected.compute(INCIDENT));
    for (Executable write : writes) {
      assertEquals(ErrorKind.FORBIDDEN, assertThrows(DomainException.class, write).kind());
    }
  }
}
