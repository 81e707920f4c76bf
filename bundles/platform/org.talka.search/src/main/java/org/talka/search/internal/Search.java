/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.search.SearchHits;
import org.talka.search.SearchRequest;

/** One request against one state of the index. */
final class Search {
  private static final long TIME_LIMIT_MILLIS = 5_000;

  /** So few matches are sorted faster than a window is found. */
  private static final long FEW = 5_000;

  /** So many matches are ranked together; of more, the newest first, see {@link Stretch}. */
  private static final long RANKED_TOGETHER = 5_000;

  private static final long SMALLEST_WINDOW = 2_000;
  private static final int WIDEN = 16;

  private final IndexSearcher searcher;
  private final IndexReader reader;
  private final SearchRequest request;
  private final Query query;
  private final SortPlan plan;
  private final Place after;

  Search(IndexReader reader, TextAnalysis analysis, SearchRequest request) throws IOException {
    if (request.limit() < 1) {
      throw new IllegalArgumentException("A page of " + request.limit());
    }
    this.reader = reader;
    this.request = request;
    this.searcher = new IndexSearcher(reader);
    searcher.setTimeout(new QueryTimeoutImpl(TIME_LIMIT_MILLIS));
    FilterCompiler compiler =
        new FilterCompiler(analysis, request.internal(), request.sort() == null);
    this.query = searcher.rewrite(compiler.compile(request.filter()));
    this.plan = SortPlan.of(reader, request.sort(), request.descending(), compiler.scored());
    this.after = request.after().map(cursor -> Cursor.read(plan, cursor)).orElse(null);
  }

  SearchHits run() throws IOException {
    List<Place> found = plan.kind() == SortPlan.Kind.SCORE ? best() : first();
    List<SearchHits.Hit> hits = new ArrayList<>();
    for (Place place : found.subList(0, Math.min(found.size(), request.limit()))) {
      hits.add(hit(place.values()));
    }
    return new SearchHits(
        hits,
        found.size() > request.limit()
            ? Optional.of(Cursor.write(plan, found.get(request.limit() - 1)))
            : Optional.empty());
  }

  /** The most relevant, stretch by stretch. */
  private List<Place> best() throws IOException {
    long matches = matches();
    long wanted = RANKED_TOGETHER / 2 * Math.max(1, reader.maxDoc() / Math.max(1, matches));
    Stretch stretch = Stretch.ALL;
    if (after != null) {
      stretch = after.stretch();
    } else if (matches > RANKED_TOGETHER) {
      stretch = Stretch.newest(reader, Long.MAX_VALUE, wanted);
    }
    FieldDoc from = after == null ? null : after.values();
    List<Place> found = new ArrayList<>();
    while (true) {
      found.addAll(top(stretch, query, request.limit() + 1 - found.size(), from));
      if (found.size() > request.limit() || stretch.last()) {
        return found;
      }
      wanted *= WIDEN;
      stretch = Stretch.newest(reader, stretch.low() - 1, wanted);
      from = null;
    }
  }

  /** The first in an order that relevance has no part in. */
  private List<Place> first() throws IOException {
    FieldDoc from = after == null ? null : after.values();
    long matches = plan.numericField() == null ? 0 : matches();
    if (matches > FEW) {
      Window rest =
          Window.from(
              reader,
              plan.numericField(),
              plan.descending(),
              from == null ? null : (Long) from.fields[0]);
      // four times what an even spread would need: one window is nearly always enough
      long spread = 4L * (request.limit() + 1) * Math.max(1, reader.maxDoc() / matches);
      for (long wanted = Math.max(SMALLEST_WINDOW, spread);
          wanted < reader.maxDoc() / 2;
          wanted *= WIDEN) {
        Window window = rest.first(wanted);
        if (window.equals(rest)) {
          break;
        }
        Query within =
            new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(window.query(), Occur.FILTER)
                .build();
        List<Place> found = top(Stretch.ALL, within, request.limit() + 1, from);
        if (found.size() > request.limit()) {
          return found;
        }
      }
    }
    return top(Stretch.ALL, query, request.limit() + 1, from);
  }

  /** At most so many documents match. */
  private long matches() throws IOException {
    if (query instanceof MatchAllDocsQuery) {
      return reader.maxDoc();
    }
    Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1f);
    long cost = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      ScorerSupplier supplier = weight.scorerSupplier(leaf);
      cost += supplier == null ? 0 : supplier.cost();
    }
    return cost;
  }

  private List<Place> top(Stretch stretch, Query query, int wanted, FieldDoc from)
      throws IOException {
    Sort sort = plan.sort();
    TopFieldDocs found =
        searcher.search(
            stretch.of(query),
            new TopFieldCollectorManager(sort.rewrite(searcher), wanted, from, wanted));
    if (searcher.timedOut()) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.timeout");
    }
    return Stream.of(found.scoreDocs).map(doc -> new Place(stretch, (FieldDoc) doc)).toList();
  }

  private SearchHits.Hit hit(FieldDoc doc) throws IOException {
    String[] parts = hit(reader, doc.doc);
    float score = plan.kind() == SortPlan.Kind.SCORE ? (Float) doc.fields[0] : 0f;
    return new SearchHits.Hit(parts[0], parts[1], parts[2], score);
  }

  /** Id, kind and key of a document. */
  static String[] hit(IndexReader reader, int doc) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
    BinaryDocValues values = leaf.reader().getBinaryDocValues(Names.HIT);
    if (!values.advanceExact(doc - leaf.docBase)) {
      throw new IllegalStateException("A document without identity");
    }
    BytesRef bytes = values.binaryValue();
    return bytes.utf8ToString().split("\0", 3);
  }
}
