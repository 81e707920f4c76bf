/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.lucene.util.IOUtils;
import org.talka.api.query.Filter;
import org.talka.search.SearchDocument;
import org.talka.search.SearchHits;
import org.talka.search.SearchRequest;

class FilterMatchPropertyTest {
  /** Words that no stemmer changes. */
  private static final List<String> WORDS = List.of("ab", "abk", "bk", "bkt", "kt");

  private static final List<SearchDocument> DOCUMENTS = new ArrayList<>();
  private static Path folder;
  private static LuceneSearchIndex index;

  @BeforeContainer
  static void fill() throws IOException {
    folder = Files.createTempDirectory("search");
    index = new LuceneSearchIndex(folder);
    Random random = new Random(3);
    for (int n = 0; n < 60; n++) {
      DOCUMENTS.add(document(n, random));
      // several segments, and documents that were replaced
      index.update(List.of(document(n, random), DOCUMENTS.get(n)), List.of(), n);
      if (n % 13 == 0) {
        index.flush();
      }
    }
  }

  private static SearchDocument document(int n, Random random) {
    Documents document = Documents.ticket(1_000_000 + n);
    if (random.nextBoolean()) {
      document.words("subject", text(random));
    }
    if (random.nextBoolean()) {
      document.words("comment", text(random), text(random));
    }
    if (random.nextBoolean()) {
      document.internal("comment", text(random));
    }
    if (random.nextBoolean()) {
      document.keyword("state", word(random), word(random));
    }
    if (random.nextBoolean()) {
      document.number("effort", random.nextInt(-5, 5) + ".5");
    }
    if (random.nextBoolean()) {
      document.instant("createdAt", Instant.EPOCH.plusNanos(1_000L * random.nextInt(-5, 5)));
    }
    return document.build();
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static String text(Random random) {
    return IntStream.range(0, 1 + random.nextInt(4))
        .mapToObj(i -> word(random))
        .collect(Collectors.joining(" "));
  }

  @AfterContainer
  static void remove() throws IOException {
    index.close();
    IOUtils.rm(folder);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void findsWhatTheConditionSays(
      @ForAll("filters") Filter filter, @ForAll boolean internal, @ForAll("sorts") String sort) {
    SearchHits hits =
        index.search(
            new SearchRequest(
                filter, internal, sort.isEmpty() ? null : sort, true, 1_000, Optional.empty()));
    TreeSet<String> expected =
        DOCUMENTS.stream()
            .filter(document -> new NaiveMatch(document, internal).matches(filter))
            .map(SearchDocument::id)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> found = hits.hits().stream().map(SearchHits.Hit::id).sorted().toList();
    assertEquals(List.copyOf(expected), found);
  }

  @Provide
  Arbitrary<String> sorts() {
    return Arbitraries.of("", "effort", "state", "createdAt");
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(3);
  }

  private Arbitrary<Filter> filters(int depth) {
    if (depth == 0) {
      return leaf();
    }
    Arbitrary<Filter> part = filters(depth - 1);
    return Arbitraries.oneOf(
        leaf(),
        part.list().ofMaxSize(3).map(Filter.AllOf::new),
        part.list().ofMaxSize(3).map(Filter.AnyOf::new),
        part.map(Filter.Not::new));
  }

  private Arbitrary<Filter> leaf() {
    Arbitrary<String> word = Arbitraries.of(WORDS);
    Arbitrary<String> phrase =
        word.list().ofMinSize(1).ofMaxSize(2).map(words -> String.join(" ", words));
    Arbitrary<Optional<String>> textField =
        Arbitraries.of(
            Optional.empty(), Optional.of("subject"), Optional.of("comment"), Optional.of("none"));
    return Arbitraries.oneOf(
        Arbitraries.of(new Filter.All(), new Filter.None()),
        word.map(value -> new Filter.Is("state", value)),
        Arbitraries.of("subject", "comment", "state", "effort", "createdAt", "none")
            .map(Filter.Exists::new),
        Combinators.combine(textField, phrase, Arbitraries.of(true, false))
            .as((field, text, together) -> new Filter.Words(field.orElse(null), text, together)),
        Combinators.combine(
                Arbitraries.of("subject", "comment", "state", ""),
                Arbitraries.of("a", "ab", "b", "x"))
            .as((field, prefix) -> new Filter.Prefix(field.isEmpty() ? null : field, prefix)),
        Combinators.combine(ends(), ends())
            .as((from, to) -> new Filter.Between("effort", text(from), text(to))),
        Combinators.combine(ends(), ends())
            .as((from, to) -> new Filter.Between("createdAt", time(from), time(to))));
  }

  private static Arbitrary<Optional<Integer>> ends() {
    return Arbitraries.integers().between(-6, 6).optional();
  }

  private static String text(Optional<Integer> end) {
    return end.map(n -> n + ".5").orElse(null);
  }

  private static String time(Optional<Integer> end) {
    return end.map(n -> Instant.EPOCH.plusNanos(1_000L * n - 500).toString()).orElse(null);
  }
}
