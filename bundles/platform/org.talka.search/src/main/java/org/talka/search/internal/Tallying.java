/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.search.SearchTally;
import org.talka.search.TallyRequest;

/**
 * One count by groups against one state of the index: the matches' values are read from columns, no
 * document is, and after the bound no further match is visited.
 */
final class Tallying implements Collector {
  private static final long TIME_LIMIT_MILLIS = 5_000;

  private final IndexReader reader;
  private final TallyRequest request;
  private final Query query;
  private final long[] edges;
  private final int[] slots;
  private final Map<String, Integer> values = new TreeMap<>();
  private int none;
  private int looked;
  private boolean more;

  Tallying(IndexReader reader, TextAnalysis analysis, TallyRequest request) {
    this.reader = reader;
    this.request = request;
    this.edges = request.edges().stream().mapToLong(SortableValue::of).toArray();
    this.slots = new int[Math.max(0, edges.length - 1)];
    Query asked = new FilterCompiler(analysis, request.internal(), false).compile(request.filter());
    this.query = edges.length == 0 ? asked : within(asked);
  }

  /** Only what lies between the first edge and the last is visited. */
  private Query within(Query asked) {
    return new BooleanQuery.Builder()
        .add(asked, Occur.FILTER)
        .add(
            LongField.newRangeQuery(
                Names.number(request.field()), edges[0], edges[edges.length - 1] - 1),
            Occur.FILTER)
        .build();
  }

  SearchTally run() throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setTimeout(new QueryTimeoutImpl(TIME_LIMIT_MILLIS));
    searcher.search(query, this);
    if (searcher.timedOut()) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.timeout");
    }
    Map<String, Integer> counts = new LinkedHashMap<>(values);
    for (int i = 0; i < slots.length; i++) {
      counts.put(request.edges().get(i).toString(), slots[i]);
    }
    return new SearchTally(counts, none, more);
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
    return edges.length == 0 ? new Keywords(leaf) : new Instants(leaf);
  }

  /** Ends the part of the index at hand when the bound is reached. */
  private void look() {
    if (looked == request.most()) {
      more = true;
      throw new CollectionTerminatedException();
    }
    looked++;
  }

  /** Counts the numbers by which one part of the index knows its values, then names them. */
  private final class Keywords implements LeafCollector {
    private final SortedSetDocValues column;
    private final int[] counts;

    Keywords(LeafReaderContext leaf) throws IOException {
      column = DocValues.getSortedSet(leaf.reader(), Names.keyword(request.field()));
      counts = new int[Math.toIntExact(column.getValueCount())];
    }

    @Override
    public void setScorer(Scorable scorer) {}

    @Override
    public void collect(int doc) throws IOException {
      look();
      if (!column.advanceExact(doc)) {
        none++;
        return;
      }
      for (int i = column.docValueCount(); i > 0; i--) {
        counts[(int) column.nextOrd()]++;
      }
    }

    @Override
    public void finish() throws IOException {
      for (int ord = 0; ord < counts.length; ord++) {
        if (counts[ord] > 0) {
          values.merge(column.lookupOrd(ord).utf8ToString(), counts[ord], Integer::sum);
        }
      }
    }
  }

  private final class Instants implements LeafCollector {
    private final SortedNumericDocValues column;

    Instants(LeafReaderContext leaf) throws IOException {
      column = DocValues.getSortedNumeric(leaf.reader(), Names.number(request.field()));
    }

    @Override
    public void setScorer(Scorable scorer) {}

    @Override
    public void collect(int doc) throws IOException {
      look();
      if (column.advanceExact(doc)) {
        int found = Arrays.binarySearch(edges, column.nextValue());
        // between two edges the search says where the value would stand
        slots[found >= 0 ? found : -found - 2]++;
      }
    }
  }
}
