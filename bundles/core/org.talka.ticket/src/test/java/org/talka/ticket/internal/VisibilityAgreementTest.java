/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.talka.api.query.Filter;
import org.talka.search.SearchHits;
import org.talka.search.SearchRequest;
import org.talka.testkit.persistence.Engine;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.store.FilterSql;

/** One condition, three interpretations: on a record, as SQL, and on the index's documents. */
class VisibilityAgreementTest {
  private static final List<String> FIELDS =
      List.of(
          "type",
          "state",
          "category",
          "open",
          "priority",
          "impact",
          "requester",
          "assignee",
          "team",
          "watcher",
          "tag",
          "incidentCategory");
  private static final List<String> VALUES =
      List.of(
          "incident",
          "request",
          "new",
          "in-progress",
          "active",
          "true",
          "false",
          "high",
          "medium",
          "critical",
          "1",
          "2",
          "3",
          "4",
          "vpn",
          "home",
          "network",
          "printing",
          "no such",
          "-1");

  private static TestDatabase database;
  private static DeskUnderTest desk;
  private static List<TicketImage> all;

  @BeforeContainer
  static void fill() {
    database = TestDatabase.open(Engine.DERBY, "ticket");
    desk = new DeskUnderTest(database.unit(), database.transactions());
    int n = 0;
    for (String impact : List.of("high", "medium")) {
      for (String assignee : List.of("anna", "bruno", "")) {
        for (String tag : List.of("vpn", "home")) {
          n++;
          String key = create(n, impact, assignee, tag);
          if (n % 3 == 0) {
            desk.as(DeskUnderTest.ANNA, () -> move(key));
          }
          if (n % 4 == 0) {
            desk.as(
                DeskUnderTest.ANNA,
                () -> {
                  desk.watching.add(key, "sandis");
                  return null;
                });
          }
        }
      }
    }
    desk.as(DeskUnderTest.SANDIS, () -> desk.desk.create("request", Map.of("subject", "r"), true));
    all = desk.store.after(0, 100);
    desk.index.discard();
    desk.indexer.consume(desk.events.after(0, 1_000));
  }

  @AfterContainer
  static void close() throws InterruptedException {
    desk.close();
    database.close();
  }

  @Property(tries = 300)
  void agreeOnEveryCondition(@ForAll("filters") Filter filter) {
    TreeSet<String> matched = new TreeSet<>();
    for (TicketImage ticket : all) {
      if (FilterMatch.matches(filter, field -> TicketKeywords.of(ticket, field))) {
        matched.add(ticket.key());
      }
    }
    TreeSet<String> selected = new TreeSet<>();
    desk.store
        .page(FilterSql.of(filter).orElseThrow(), "updatedAt", 100, Optional.empty())
        .forEach(ticket -> selected.add(ticket.key()));
    SearchHits hits =
        desk.index.search(
            new SearchRequest(filter, true, "updatedAt", true, 100, Optional.empty()));
    TreeSet<String> found = new TreeSet<>();
    hits.hits().forEach(hit -> found.add(hit.key()));

    assertEquals(matched, selected, "SQL");
    assertEquals(matched, found, "index");
  }

  @Provide
  Arbitrary<Filter> filters() {
    Arbitrary<Filter> is =
        Arbitraries.of(FIELDS)
            .flatMap(f -> Arbitraries.of(VALUES).map(v -> (Filter) new Filter.Is(f, v)));
    Arbitrary<Filter> leaf =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, is),
            net.jqwik.api.Tuple.of(
                2, Arbitraries.of(FIELDS).map(f -> (Filter) new Filter.Exists(f))),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(new Filter.All(), new Filter.None())));
    return tree(leaf, 3);
  }

  private static Arbitrary<Filter> tree(Arbitrary<Filter> leaf, int depth) {
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Filter> part = tree(leaf, depth - 1);
    return Arbitraries.oneOf(
        leaf,
        part.list().ofMaxSize(3).map(parts -> (Filter) new Filter.AllOf(new ArrayList<>(parts))),
        part.list().ofMaxSize(3).map(parts -> (Filter) new Filter.AnyOf(new ArrayList<>(parts))),
        part.map(p -> (Filter) new Filter.Not(p)));
  }

  private static String create(int n, String impact, String assignee, String tag) {
    return desk.as(
        DeskUnderTest.ANNA,
        () ->
            desk.desk
                .create(
                    "incident",
                    Map.of(
                        "subject",
                        "n" + n,
                        "impact",
                        impact,
                        "assignee",
                        assignee,
                        "requester",
                        n % 2 == 0 ? "rita" : "sandis",
                        "team",
                        n % 5 == 0 ? "network" : "",
                        "incidentCategory",
                        n % 2 == 0 ? "network" : "printing",
                        "tags",
                        List.of(tag)),
                    true)
                .key());
  }

  private static Object move(String key) {
    return desk.desk.transition(
        key, Optional.empty(), "start", Map.of(), Optional.empty(), false, true);
  }
}
