/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A record as the index sees it.
 *
 * @param id unique over all kinds, for example {@code ticket:17}
 * @param kind for example {@code ticket}
 * @param key what a hit gives back, for example {@code INC-000123}
 * @param words analysed text by field name; searched by field, and by words without a field
 * @param internalWords as {@code words}, found only by callers who may read internal notes
 * @param keywords exact values by field name
 * @param worth lifts it above others that match equally well; 0 for none
 */
public record SearchDocument(
    String id,
    String kind,
    String key,
    Map<String, List<String>> words,
    Map<String, List<String>> internalWords,
    Map<String, List<String>> keywords,
    Map<String, BigDecimal> numbers,
    Map<String, Instant> instants,
    double worth) {

  /** A document that is worth as much as any other. */
  public SearchDocument(
      String id,
      String kind,
      String key,
      Map<String, List<String>> words,
      Map<String, List<String>> internalWords,
      Map<String, List<String>> keywords,
      Map<String, BigDecimal> numbers,
      Map<String, Instant> instants) {
    this(id, kind, key, words, internalWords, keywords, numbers, instants, 0);
  }
}
