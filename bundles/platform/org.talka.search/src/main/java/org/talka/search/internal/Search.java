/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.apache.lucene.search.ScoreDoc;
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

  private static final long SMALLEST_WINDOW = 2_000;
  private static final int WIDEN = 16;

  private final IndexSearcher searcher;
  private final IndexReader reader;
  private final SearchRequest request;
  private final Query query;
  private final SortPlan plan;
  private final FieldDoc after;

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
    TopFieldDocs found = plan.numericField() == null ? top(query) : topByNumber();
    List<SearchHits.Hit> hits = new ArrayList<>();
    for (ScoreDoc doc : found.scoreDocs) {
      if (hits.size() == request.limit()) {
        break;
      }
      hits.add(hit((FieldDoc) doc));
    }
    boolean more = found.scoreDocs.length > request.limit();
    return new SearchHits(
        hits,
        more
            ? Optional.of(Cursor.write(plan, (FieldDoc) found.scoreDocs[request.limit() - 1]))
            : Optional.empty());
  }

  private TopFieldDocs topByNumber() throws IOException {
    long matches = matches();
    if (matches > FEW) {
      Window rest =
          Window.from(
              reader,
              plan.numericField(),
              plan.descending(),
              after == null ? null : (Long) after.fields[0]);
      // four times what an even spread would need: one window is nearly always enough
      long spread = 4L * (request.limit() + 1) * Math.max(1, reader.maxDoc() / matches);
      for (long wanted = Math.max(SMALLEST_WINDOW, spread);
          wanted < reader.maxDoc() / 2;
          wanted *= WIDEN) {
        Window window = rest.first(wanted);
        if (window.equals(rest)) {
          break;
        }
        TopFieldDocs found =
            top(
                new BooleanQuery.Builder()
                    .add(query, Occur.FILTER)
                    .add(window.query(), Occur.FILTER)
                    .build());
        if (found.scoreDocs.length > request.limit()) {
          return found;
        }
      }
    }
    return top(query);
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

  private TopFieldDocs top(Query query) throws IOException {
    Sort sort = plan.sort();
    int wanted = request.limit() + 1;
    TopFieldDocs found =
        searcher.search(
            query, new TopFieldCollectorManager(sort.rewrite(searcher), wanted, after, wanted));
    if (searcher.timedOut()) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.timeout");
    }
    return found;
  }

  private SearchHits.Hit hit(FieldDoc doc) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(doc.doc, reader.leaves()));
    BinaryDocValues values = leaf.reader().getBinaryDocValues(Names.HIT);
    if (!values.advanceExact(doc.doc - leaf.docBase)) {
      throw new IllegalStateException("A document without identity");
    }
    BytesRef bytes = values.binaryValue();
    String[] parts = bytes.utf8ToString().split("\0", 3);
    float score = plan.kind() == SortPlan.Kind.SCORE ? (Float) doc.fields[0] : 0f;
    return new SearchHits.Hit(parts[0], parts[1], parts[2], score);
  }
}
