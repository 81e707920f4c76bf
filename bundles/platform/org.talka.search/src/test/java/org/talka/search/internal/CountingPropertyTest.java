/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.lucene.util.IOUtils;
import org.talka.api.query.Filter;
import org.talka.search.CountRequest;
import org.talka.search.SearchCounts;
import org.talka.search.SearchDocument;

class CountingPropertyTest {
  private static final List<String> STATES = List.of("new", "open", "done");
  private static final Map<String, SearchDocument> DOCUMENTS = new TreeMap<>();
  private static Path folder;
  private static LuceneSearchIndex index;

  @BeforeContainer
  static void fill() throws IOException {
    folder = Files.createTempDirectory("search");
    index = new LuceneSearchIndex(folder);
    Random random = new Random(5);
    for (int n = 0; n < 90; n++) {
      SearchDocument document = document(random.nextInt(60), random);
      // in several segments; some replace an earlier one, some go again
      List<String> gone = n % 17 == 3 ? List.of("ticket:" + random.nextInt(60)) : List.of();
      index.update(List.of(document), List.of(), 2L * n);
      DOCUMENTS.put(document.id(), document);
      index.update(List.of(), gone, 2L * n + 1);
      gone.forEach(DOCUMENTS::remove);
      if (n % 11 == 0) {
        index.flush();
      }
    }
  }

  private static SearchDocument document(int number, Random random) {
    Documents document = Documents.ticket(number).words("subject", "ab");
    if (random.nextInt(4) > 0) {
      document.keyword("state", STATES.get(random.nextInt(3)));
    }
    if (random.nextBoolean()) {
      document.keyword("tag", "x" + random.nextInt(9), "y");
    }
    document.instant("createdAt", Instant.EPOCH.plusSeconds(random.nextInt(10)));
    return document.build();
  }

  @AfterContainer
  static void remove() throws IOException {
    index.close();
    IOUtils.rm(folder);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void countsWhatIsFoundAndNothingElse(@ForAll("filters") Filter filter, @ForAll("ends") int end) {
    Filter.Between range =
        new Filter.Between("createdAt", Instant.EPOCH.plusSeconds(end).toString(), null);
    SearchCounts counts =
        index.count(
            new CountRequest(
                filter,
                false,
                List.of("state", "tag", "nowhere"),
                List.of(range),
                List.of(),
                100,
                1_000));
    List<SearchDocument> found =
        DOCUMENTS.values().stream()
            .filter(document -> new NaiveMatch(document, false).matches(filter))
            .toList();
    assertEquals(found.size(), counts.matches());
    assertFalse(counts.more());
    assertEquals(found.size(), counts.fields().get("nowhere").without());
    for (String field : List.of("state", "tag")) {
      Map<String, Integer> expected = new HashMap<>();
      int without = 0;
      for (SearchDocument document : found) {
        List<String> values = document.keywords().getOrDefault(field, List.of());
        without += values.isEmpty() ? 1 : 0;
        values.forEach(value -> expected.merge(value, 1, Integer::sum));
      }
      Map<String, Integer> counted = new HashMap<>();
      int before = Integer.MAX_VALUE;
      for (SearchCounts.Value value : counts.fields().get(field).values()) {
        counted.put(value.value(), value.count());
        assertTrue(value.count() <= before, "the most frequent first");
        before = value.count();
      }
      assertEquals(expected, counted);
      assertEquals(without, counts.fields().get(field).without());
    }
    long since =
        found.stream()
            .filter(
                document ->
                    !document.instants().get("createdAt").isBefore(Instant.EPOCH.plusSeconds(end)))
            .count();
    assertEquals(List.of((int) since), counts.ranges());
  }

  @Example
  void stopsAtItsBoundAndSaysSo() {
    SearchCounts counts =
        index.count(
            new CountRequest(
                new Filter.All(), false, List.of("state"), List.of(), List.of(), 2, 10));
    assertEquals(10, counts.matches());
    assertTrue(counts.more());
    SearchCounts.Field states = counts.fields().get("state");
    assertEquals(2, states.values().size());
    int sum = states.without() + states.values().stream().mapToInt(v -> v.count()).sum();
    assertTrue(sum <= 10, "no more than was looked at: " + sum);
  }

  @Example
  void whatExactlyFillsTheBoundIsComplete() {
    int all = DOCUMENTS.size();
    SearchCounts counts =
        index.count(
            new CountRequest(new Filter.All(), false, List.of(), List.of(), List.of(), 2, all));
    assertEquals(all, counts.matches());
    assertFalse(counts.more());
  }

  @Provide
  Arbitrary<Integer> ends() {
    return Arbitraries.integers().between(-1, 11);
  }

  @Provide
  Arbitrary<Filter> filters() {
    List<Filter> leaves = new ArrayList<>();
    leaves.add(new Filter.All());
    leaves.add(new Filter.None());
    leaves.add(new Filter.Exists("tag"));
    leaves.add(new Filter.Words(null, "ab", false));
    STATES.forEach(state -> leaves.add(new Filter.Is("state", state)));
    Arbitrary<Filter> leaf = Arbitraries.of(leaves);
    return Arbitraries.oneOf(
        leaf,
        leaf.map(Filter.Not::new),
        leaf.list().ofSize(2).map(Filter.AllOf::new),
        leaf.list().ofSize(2).map(Filter.AnyOf::new));
  }
}
