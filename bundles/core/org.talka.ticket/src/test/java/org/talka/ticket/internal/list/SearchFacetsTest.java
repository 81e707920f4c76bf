/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;

@PersistenceTest(units = "ticket")
class SearchFacetsTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private SearchFacets facets;

  SearchFacetsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    facets = new SearchFacets(it.lists);
    create(ANNA, "incident", Map.of("subject", "lamp", "tags", List.of("hall", "light")));
    create(ANNA, "incident", Map.of("subject", "lamp", "assignee", "bruno", "team", "network"));
    create(ANNA, "request", Map.of("subject", "lamp", "tags", List.of("hall")));
    create(RITA, "incident", Map.of("subject", "lamp"));
    create(SANDIS, "incident", Map.of("subject", "door"));
    it.deliver();
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void countsWhatChoosingAValueBrings() {
    Facets found = of(ANNA, "lamp", Map.of());
    assertEquals(4, found.found());
    assertFalse(found.more());
    assertEquals(Map.of("incident", 3, "request", 1), values(found, "type"));
    assertEquals(Map.of("hall", 2, "light", 1, "none", 2), values(found, "tag"));
    assertEquals(Map.of("2", 1, "none", 3), values(found, "assignee"));
    assertEquals(Map.of("2", 1, "none", 3), values(found, "team"));
    assertEquals(Map.of("new", 4), values(found, "category"));
    assertEquals(
        Map.of("now-7d", 4, "now-30d", 4, "now-365d", 4), values(found, SearchFacets.CREATED));
  }

  @Test
  void whatIsChosenOfAFieldDoesNotHideItsOtherValues() {
    Facets found = of(ANNA, "lamp", Map.of("type", List.of("request")));
    assertEquals(1, found.found());
    assertEquals(Map.of("incident", 3, "request", 1), values(found, "type"));
    assertEquals(Map.of("hall", 1), values(found, "tag"));
    Facets both =
        of(ANNA, "lamp", Map.of("type", List.of("request", "incident"), "tag", List.of("none")));
    assertEquals(2, both.found());
    assertEquals(Map.of("incident", 2, "request", 0), values(both, "type"));
    assertEquals(Map.of("hall", 2, "light", 1, "none", 2), values(both, "tag"));
  }

  @Test
  void aChosenValueStaysWhenNothingHasIt() {
    Facets found = of(ANNA, "lamp", Map.of("tag", List.of("cellar"), "assignee", List.of("anna")));
    assertEquals(0, found.found());
    assertEquals(0, values(found, "tag").get("cellar"));
    // by its stored form, for whoever finds the name
    assertEquals(0, values(found, "assignee").get("1"));
  }

  @Test
  void nobodyCountsWhatTheyMayNotSee() {
    Facets found = of(RITA, "", Map.of());
    assertEquals(1, found.found());
    assertEquals(Map.of("incident", 1), values(found, "type"));
  }

  @Test
  void valuesThatThereAreNotAreRefused() {
    for (Map<String, List<String>> wrong :
        List.of(
            Map.of(SearchFacets.CREATED, List.of("now-5d")),
            Map.of("team", List.of("nowhere")),
            Map.of("category", List.of("open")),
            Map.of("assignee", List.of("nobody-of-this-name")),
            Map.of("tag", java.util.Collections.nCopies(21, "x")))) {
      DomainException refused =
          assertThrows(DomainException.class, () -> of(ANNA, "lamp", wrong), wrong.toString());
      assertEquals(ErrorKind.MALFORMED, refused.kind());
    }
  }

  private void create(Caller caller, String type, Map<String, Object> values) {
    it.as(caller, () -> it.desk.create(type, values, true));
  }

  private Facets of(Caller caller, String query, Map<String, List<String>> chosen) {
    return it.as(caller, () -> facets.of(query, chosen));
  }

  private static Map<String, Integer> values(Facets facets, String field) {
    Map<String, Integer> values = new LinkedHashMap<>();
    facets.facets().stream()
        .filter(facet -> facet.field().equals(field))
        .flatMap(facet -> facet.values().stream())
        .forEach(value -> values.put(value.value(), value.count()));
    return values;
  }
}
