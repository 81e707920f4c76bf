/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.SortedSetSortField;

/**
 * In which order hits come. The last criterion is always the tie number, so that the order is total
 * and a page begins exactly where the one before ended. Documents without a value come last.
 *
 * @param field the name that was asked for, empty for relevance
 */
record SortPlan(Kind kind, String field, boolean descending) {
  enum Kind {
    SCORE,
    NUMBER,
    KEYWORD,
    TIE
  }

  /**
   * @param scored whether the query ranks at all; if not, relevance means the newest first
   */
  static SortPlan of(IndexReader reader, String sort, boolean descending, boolean scored) {
    if (sort == null) {
      return new SortPlan(scored ? Kind.SCORE : Kind.TIE, "", true);
    }
    if (hasDocValues(reader, Names.number(sort))) {
      return new SortPlan(Kind.NUMBER, sort, descending);
    }
    if (hasDocValues(reader, Names.keyword(sort))) {
      return new SortPlan(Kind.KEYWORD, sort, descending);
    }
    // no document has a value
    return new SortPlan(Kind.TIE, sort, descending);
  }

  private static boolean hasDocValues(IndexReader reader, String luceneField) {
    for (LeafReaderContext leaf : reader.leaves()) {
      FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(luceneField);
      if (info != null && info.getDocValuesType() != DocValuesType.NONE) {
        return true;
      }
    }
    return false;
  }

  boolean byTieAlone() {
    return kind == Kind.TIE;
  }

  /** The numeric field whose points can narrow the search, or null. */
  String numericField() {
    return switch (kind) {
      case NUMBER -> Names.number(field);
      case TIE -> Names.TIE;
      case SCORE, KEYWORD -> null;
    };
  }

  Sort sort() {
    return switch (kind) {
      case SCORE -> new Sort(SortField.FIELD_SCORE, tie());
      case NUMBER -> new Sort(number(), tie());
      case KEYWORD -> new Sort(keyword(), tie());
      case TIE -> new Sort(tie());
    };
  }

  private SortField tie() {
    return LongField.newSortField(Names.TIE, descending, SortedNumericSelector.Type.MIN);
  }

  private SortField number() {
    SortField number =
        new SortedNumericSortField(Names.number(field), SortField.Type.LONG, descending);
    number.setMissingValue(descending ? Long.MIN_VALUE : Long.MAX_VALUE);
    return number;
  }

  private SortField keyword() {
    SortField keyword =
        new SortedSetSortField(
            Names.keyword(field),
            descending,
            descending ? SortedSetSelector.Type.MAX : SortedSetSelector.Type.MIN);
    keyword.setMissingValue(descending ? SortField.STRING_FIRST : SortField.STRING_LAST);
    return keyword;
  }
}
