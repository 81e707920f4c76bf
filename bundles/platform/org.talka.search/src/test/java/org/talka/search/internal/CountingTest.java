/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.search.internal.Documents.ticket;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.query.Filter;
import org.talka.search.CountRequest;
import org.talka.search.SearchCounts;
import org.talka.search.SearchDocument;

class CountingTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path folder;
  private LuceneSearchIndex index;

  @BeforeEach
  void open() {
    index = new LuceneSearchIndex(folder.resolve("search"));
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void countsEachValueAndThoseWithoutOne() {
    put(
        ticket(1).keyword("team", "7").keyword("tag", "a", "b"),
        ticket(2).keyword("team", "7").keyword("tag", "b"),
        ticket(3).keyword("team", "8"),
        ticket(4));
    assertEquals(Map.of("7", 2, "8", 1), by(new Filter.All(), "team"));
    assertEquals(1, field(new Filter.All(), "team").without());
    assertEquals(Map.of("a", 1, "b", 2), by(new Filter.All(), "tag"));
    assertEquals(2, field(new Filter.All(), "tag").without());
    assertEquals(Map.of("a", 1, "b", 2), by(new Filter.Is("team", "7"), "tag"));
    assertEquals(new SearchCounts.Field(List.of(), 4), field(new Filter.All(), "nowhere"));
    assertEquals(new SearchCounts.Field(List.of(), 0), field(new Filter.None(), "team"));
  }

  @Test
  void seesWhatWasChangedAndNotWhatWasRemoved() {
    put(ticket(1).keyword("team", "7"), ticket(2).keyword("team", "7"));
    put(ticket(1).keyword("team", "8"));
    assertEquals(Map.of("7", 1, "8", 1), by(new Filter.All(), "team"));
    index.update(List.of(), List.of("ticket:2"), 2);
    assertEquals(Map.of("8", 1), by(new Filter.All(), "team"));
  }

  @Test
  void anInstantOnAnEdgeBelongsToTheGroupThatBeginsThere() {
    put(
        ticket(1).instant("createdAt", START.minusNanos(1_000)),
        ticket(2).instant("createdAt", START),
        ticket(3).instant("createdAt", START.plus(Duration.ofDays(1)).minusNanos(1_000)),
        ticket(4).instant("createdAt", START.plus(Duration.ofDays(1))),
        ticket(5).instant("createdAt", START.plus(Duration.ofDays(2))),
        ticket(6));
    assertEquals(List.of(2, 1), days(new Filter.All(), 2));
  }

  @Test
  void looksAtNoMoreThanItMay() {
    List<SearchDocument> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(ticket(i).keyword("team", "7").build());
      index.update(many, List.of(), i);
      many.clear();
    }
    SearchCounts some = count(new Filter.All(), "team", 20);
    assertEquals(List.of(new SearchCounts.Value("7", 20)), some.fields().get("team").values());
    assertTrue(some.more());
    SearchCounts all = count(new Filter.All(), "team", 50);
    assertEquals(List.of(new SearchCounts.Value("7", 50)), all.fields().get("team").values());
    assertFalse(all.more());
  }

  @Test
  void agreesWithCountingOneByOne() {
    Random random = new Random(41);
    Map<String, Integer> teams = new TreeMap<>();
    int[] created = new int[14];
    for (int batch = 0; batch < 8; batch++) {
      List<SearchDocument> documents = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String team = Integer.toString(random.nextInt(6));
        boolean open = random.nextBoolean();
        int minute = random.nextInt(20 * 24 * 60);
        documents.add(
            ticket(batch * 100 + i)
                .keyword("team", team)
                .keyword("open", Boolean.toString(open))
                .instant("createdAt", START.plus(Duration.ofMinutes(minute)))
                .build());
        if (open) {
          teams.merge(team, 1, Integer::sum);
          if (minute / (24 * 60) < created.length) {
            created[minute / (24 * 60)]++;
          }
        }
      }
      index.update(documents, List.of(), batch);
      index.flush();
    }
    Filter open = new Filter.Is("open", "true");
    assertEquals(teams, new TreeMap<>(by(open, "team")));
    assertEquals(java.util.Arrays.stream(created).boxed().toList(), days(open, created.length));
  }

  private void put(Documents... documents) {
    index.update(
        java.util.stream.Stream.of(documents).map(Documents::build).toList(), List.of(), 1);
  }

  private SearchCounts count(Filter filter, String field, int most) {
    return index.count(
        new CountRequest(filter, false, List.of(field), List.of(), List.of(), 1_000, most));
  }

  private SearchCounts.Field field(Filter filter, String field) {
    return count(filter, field, 1_000).fields().get(field);
  }

  private Map<String, Integer> by(Filter filter, String field) {
    Map<String, Integer> counts = new TreeMap<>();
    field(filter, field).values().forEach(value -> counts.put(value.value(), value.count()));
    return counts;
  }

  private List<Integer> days(Filter filter, int days) {
    List<Instant> edges = new ArrayList<>();
    for (int i = 0; i <= days; i++) {
      edges.add(START.plus(Duration.ofDays(i)));
    }
    return index
        .count(
            new CountRequest(
                filter,
                false,
                List.of(),
                List.of(),
                List.of(new CountRequest.Series("createdAt", edges)),
                0,
                1_000))
        .series()
        .get(0);
  }
}
