/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.NumericUtils;

/**
 * The stretch of a numeric field in which the first documents of a page must lie. A page of fifty
 * out of a million needs only the newest few thousand: the index's points say, without visiting
 * documents, which values those have. Lucene's own skipping does the same from the other side, but
 * depends on the order in which documents were added.
 *
 * @param low the smallest value that can still come, {@code high} the largest
 */
record Window(IndexReader reader, String field, boolean descending, long low, long high) {

  /** Everything from the hit of the page before, or from the beginning when it is null. */
  static Window from(IndexReader reader, String field, boolean descending, Long after)
      throws IOException {
    byte[] smallest = PointValues.getMinPackedValue(reader, field);
    if (smallest == null) {
      return new Window(reader, field, descending, 0, -1);
    }
    long low = NumericUtils.sortableBytesToLong(smallest, 0);
    long high = NumericUtils.sortableBytesToLong(PointValues.getMaxPackedValue(reader, field), 0);
    if (after != null && descending) {
      high = Math.min(high, after);
    } else if (after != null) {
      low = Math.max(low, after);
    }
    return new Window(reader, field, descending, low, high);
  }

  /** About how many documents lie in it. */
  long estimate() throws IOException {
    long count = 0;
    if (low > high) {
      return 0;
    }
    for (LeafReaderContext leaf : reader.leaves()) {
      PointValues points = leaf.reader().getPointValues(field);
      if (points != null) {
        count += points.estimatePointCount(new Range());
      }
    }
    return count;
  }

  /**
   * The first part of it with at least {@code wanted} documents and not many more; all of it when
   * that is hardly larger.
   */
  Window first(long wanted) throws IOException {
    if (estimate() <= wanted * 4) {
      return this;
    }
    // the far end moves: too few documents at tooNear, enough at enough
    long tooNear = descending ? high : low;
    long enough = descending ? low : high;
    Window best = this;
    for (int step = 0; step < Long.SIZE; step++) {
      long middle = (tooNear & enough) + ((tooNear ^ enough) >> 1);
      if (middle == tooNear || middle == enough) {
        break;
      }
      Window part =
          descending
              ? new Window(reader, field, true, middle, high)
              : new Window(reader, field, false, low, middle);
      long count = part.estimate();
      if (count < wanted) {
        tooNear = middle;
      } else {
        best = part;
        if (count <= wanted * 4) {
          break;
        }
        enough = middle;
      }
    }
    return best;
  }

  Query query() {
    return LongField.newRangeQuery(field, low, high);
  }

  private final class Range implements PointValues.IntersectVisitor {
    @Override
    public void visit(int docId) {
      throw new IllegalStateException("Estimates visit nothing");
    }

    @Override
    public void visit(int docId, byte[] packedValue) {
      throw new IllegalStateException("Estimates visit nothing");
    }

    @Override
    public PointValues.Relation compare(byte[] minPacked, byte[] maxPacked) {
      long min = NumericUtils.sortableBytesToLong(minPacked, 0);
      long max = NumericUtils.sortableBytesToLong(maxPacked, 0);
      if (max < low || min > high) {
        return PointValues.Relation.CELL_OUTSIDE_QUERY;
      }
      return min >= low && max <= high
          ? PointValues.Relation.CELL_INSIDE_QUERY
          : PointValues.Relation.CELL_CROSSES_QUERY;
    }
  }
}
