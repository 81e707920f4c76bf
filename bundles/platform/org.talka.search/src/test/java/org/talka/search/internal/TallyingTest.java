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
import org.talka.search.SearchDocument;
import org.talka.search.SearchTally;
import org.talka.search.TallyRequest;

class TallyingTest {
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
    assertEquals(new SearchTally(Map.of("7", 2, "8", 1), 1, false), by(new Filter.All(), "team"));
    assertEquals(new SearchTally(Map.of("a", 1, "b", 2), 2, false), by(new Filter.All(), "tag"));
    assertEquals(
        new SearchTally(Map.of("a", 1, "b", 2), 0, false), by(new Filter.Is("team", "7"), "tag"));
    assertEquals(new SearchTally(Map.of(), 4, false), by(new Filter.All(), "nowhere"));
    assertEquals(new SearchTally(Map.of(), 0, false), by(new Filter.None(), "team"));
  }

  @Test
  void seesWhatWasChangedAndNotWhatWasRemoved() {
    put(ticket(1).keyword("team", "7"), ticket(2).keyword("team", "7"));
    put(ticket(1).keyword("team", "8"));
    assertEquals(Map.of("7", 1, "8", 1), by(new Filter.All(), "team").counts());
    index.update(List.of(), List.of("ticket:2"), 2);
    assertEquals(Map.of("8", 1), by(new Filter.All(), "team").counts());
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
    SearchTally days = days(new Filter.All(), 2);
    assertEquals(List.of(2, 1), List.copyOf(days.counts().values()));
    assertEquals(
        List.of("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
        List.copyOf(days.counts().keySet()));
  }

  @Test
  void looksAtNoMoreThanItMay() {
    List<SearchDocument> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(ticket(i).keyword("team", "7").build());
      index.update(many, List.of(), i);
      many.clear();
    }
    SearchTally some =
        index.tally(new TallyRequest(new Filter.All(), false, "team", List.of(), 20));
    assertEquals(Map.of("7", 20), some.counts());
    assertTrue(some.more());
    SearchTally all = index.tally(new TallyRequest(new Filter.All(), false, "team", List.of(), 50));
    assertEquals(Map.of("7", 50), all.counts());
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
    assertEquals(teams, new TreeMap<>(by(open, "team").counts()));
    List<Integer> found = List.copyOf(days(open, created.length).counts().values());
    assertEquals(java.util.Arrays.stream(created).boxed().toList(), found);
  }

  private void put(Documents... documents) {
    index.update(
        java.util.stream.Stream.of(documents).map(Documents::build).toList(), List.of(), 1);
  }

  private SearchTally by(Filter filter, String field) {
    return index.tally(new TallyRequest(filter, false, field, List.of(), 1_000));
  }

  private SearchTally days(Filter filter, int days) {
    List<Instant> edges = new ArrayList<>();
    for (int i = 0; i <= days; i++) {
      edges.add(START.plus(Duration.ofDays(i)));
    }
    return index.tally(new TallyRequest(filter, false, "createdAt", edges, 1_000));
  }
}
