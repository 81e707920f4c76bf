/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.search.CountRequest;
import org.talka.search.SearchCounts;

/**
 * Counts values among what matches, in one walk over the matches and the columns that the index
 * keeps for sorting. Segments are walked from the youngest: where the walk stops at its bound, what
 * was changed lately has been counted.
 */
final class Counting {
  private static final long TIME_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int LOOK_AT_THE_CLOCK = 0xfff;

  private final IndexReader reader;
  private final CountRequest request;
  private final Weight weight;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Range> ranges = new ArrayList<>();
  private final List<Slots> series = new ArrayList<>();
  private final long deadline = System.nanoTime() + TIME_LIMIT_NANOS;
  private int matches;
  private boolean more;

  Counting(IndexReader reader, TextAnalysis analysis, CountRequest request) throws IOException {
    this.reader = reader;
    this.request = request;
    IndexSearcher searcher = new IndexSearcher(reader);
    FilterCompiler compiler = new FilterCompiler(analysis, request.internal(), false);
    this.weight =
        searcher.createWeight(
            searcher.rewrite(compiler.compile(request.filter())), ScoreMode.COMPLETE_NO_SCORES, 1f);
    request.keywords().forEach(field -> tallies.put(field, new Tally(Names.keyword(field))));
    request.ranges().forEach(range -> ranges.add(new Range(range)));
    request.series().forEach(one -> series.add(new Slots(one)));
  }

  SearchCounts run() throws IOException {
    List<LeafReaderContext> leaves = new ArrayList<>(reader.leaves());
    Collections.reverse(leaves);
    for (LeafReaderContext leaf : leaves) {
      if (!more) {
        walk(leaf);
      }
    }
    Map<String, SearchCounts.Field> fields = new HashMap<>();
    tallies.forEach((field, tally) -> fields.put(field, tally.field(request.values())));
    return new SearchCounts(
        matches,
        more,
        fields,
        ranges.stream().map(range -> range.count).toList(),
        series.stream().map(Slots::counts).toList());
  }

  private void walk(LeafReaderContext leaf) throws IOException {
    Scorer scorer = weight.scorer(leaf);
    if (scorer == null) {
      return;
    }
    for (Tally tally : tallies.values()) {
      tally.enter(leaf);
    }
    for (Range range : ranges) {
      range.enter(leaf);
    }
    for (Slots slots : series) {
      slots.enter(leaf);
    }
    Bits live = leaf.reader().getLiveDocs();
    DocIdSetIterator docs = scorer.iterator();
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      if (live != null && !live.get(doc)) {
        continue;
      }
      if (matches == request.most()) {
        more = true;
        break;
      }
      matches++;
      if ((matches & LOOK_AT_THE_CLOCK) == 0 && System.nanoTime() > deadline) {
        throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.timeout");
      }
      for (Tally tally : tallies.values()) {
        tally.take(doc);
      }
      for (Range range : ranges) {
        range.take(doc);
      }
      for (Slots slots : series) {
        slots.take(doc);
      }
    }
    for (Tally tally : tallies.values()) {
      tally.leave();
    }
  }

  /** The values of one field: numbers inside a segment, words over all of them. */
  private static final class Tally {
    private final String luceneField;
    private final Map<String, Integer> counts = new HashMap<>();
    private SortedSetDocValues values;
    private int[] byOrd = {};
    private int without;

    Tally(String luceneField) {
      this.luceneField = luceneField;
    }

    void enter(LeafReaderContext leaf) throws IOException {
      values = DocValues.getSortedSet(leaf.reader(), luceneField);
      byOrd = new int[Math.toIntExact(values.getValueCount())];
    }

    void take(int doc) throws IOException {
      if (!values.advanceExact(doc)) {
        without++;
        return;
      }
      for (int i = 0; i < values.docValueCount(); i++) {
        byOrd[(int) values.nextOrd()]++;
      }
    }

    void leave() throws IOException {
      for (int ord = 0; ord < byOrd.length; ord++) {
        if (byOrd[ord] > 0) {
          counts.merge(values.lookupOrd(ord).utf8ToString(), byOrd[ord], Integer::sum);
        }
      }
    }

    SearchCounts.Field field(int most) {
      List<SearchCounts.Value> all = new ArrayList<>();
      counts.forEach((value, count) -> all.add(new SearchCounts.Value(value, count)));
      all.sort(
          Comparator.comparingInt(SearchCounts.Value::count)
              .reversed()
              .thenComparing(SearchCounts.Value::value));
      return new SearchCounts.Field(all.subList(0, Math.min(most, all.size())), without);
    }
  }

  /** Instants by the edges between which they lie. */
  private static final class Slots {
    private final String luceneField;
    private final long[] edges;
    private final int[] counts;
    private SortedNumericDocValues values;

    Slots(CountRequest.Series asked) {
      luceneField = Names.number(asked.field());
      edges = asked.edges().stream().mapToLong(SortableValue::of).toArray();
      counts = new int[Math.max(0, edges.length - 1)];
    }

    void enter(LeafReaderContext leaf) throws IOException {
      values = DocValues.getSortedNumeric(leaf.reader(), luceneField);
    }

    void take(int doc) throws IOException {
      if (values.advanceExact(doc)) {
        int found = Arrays.binarySearch(edges, values.nextValue());
        // between two edges the search says where the value would stand
        int slot = found >= 0 ? found : -found - 2;
        if (slot >= 0 && slot < counts.length) {
          counts[slot]++;
        }
      }
    }

    List<Integer> counts() {
      return Arrays.stream(counts).boxed().toList();
    }
  }

  private static final class Range {
    private final String luceneField;
    private final long from;
    private final long to;
    private SortedNumericDocValues values;
    private int count;

    Range(Filter.Between between) {
      OptionalLong low =
          between.from() == null
              ? OptionalLong.of(Long.MIN_VALUE)
              : SortableValue.from(between.from());
      OptionalLong high =
          between.to() == null ? OptionalLong.of(Long.MAX_VALUE) : SortableValue.to(between.to());
      if (low.isEmpty() || high.isEmpty()) {
        throw DomainException.malformed(
            "error.search.range",
            "field",
            between.field(),
            "value",
            low.isEmpty() ? between.from() : between.to());
      }
      this.luceneField = Names.number(between.field());
      this.from = low.getAsLong();
      this.to = high.getAsLong();
    }

    void enter(LeafReaderContext leaf) throws IOException {
      values = DocValues.getSortedNumeric(leaf.reader(), luceneField);
    }

    void take(int doc) throws IOException {
      if (values.advanceExact(doc)) {
        for (int i = 0; i < values.docValueCount(); i++) {
          long value = values.nextValue();
          if (value >= from && value <= to) {
            count++;
            return;
          }
        }
      }
    }
  }
}
