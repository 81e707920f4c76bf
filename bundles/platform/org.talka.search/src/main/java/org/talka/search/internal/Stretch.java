/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/**
 * Documents of neighbouring ages that are ranked together.
 *
 * <p>Where words are found in more documents than anybody reads, how often they occur says little
 * and what is new says much: the newest few thousand matches are ranked by relevance, behind them
 * those before, and so on. So a search costs the same in a desk of any size.
 *
 * @param low the smallest tie number in it, {@code high} the largest
 */
record Stretch(long low, long high) {
  /** All documents: they are few enough to be ranked together. */
  static final Stretch ALL = new Stretch(Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * The newest documents that are not newer than {@code high}: about so many, or all when there are
   * hardly more.
   */
  static Stretch newest(IndexReader reader, long high, long wanted) throws IOException {
    Window rest = Window.from(reader, Names.TIE, true, high);
    Window first = rest.first(wanted);
    return new Stretch(first.equals(rest) ? Long.MIN_VALUE : first.low(), high);
  }

  /** Whether nothing is older. */
  boolean last() {
    return low == Long.MIN_VALUE;
  }

  /** The query within the stretch, with the same scores. */
  Query of(Query query) {
    return equals(ALL)
        ? query
        : new BooleanQuery.Builder()
            .add(query, Occur.MUST)
            .add(LongField.newRangeQuery(Names.TIE, low, high), Occur.FILTER)
            .build();
  }
}
