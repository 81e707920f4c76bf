/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

import java.util.Map;
import java.util.Optional;
import org.talka.api.query.Filter;

/**
 * A question in the words of whoever asks. Words are found by their stems, the last one also as the
 * beginning of a word that is still being typed, and a word that no document has also as one that
 * was mistyped (one letter wrong from four letters on, two from eight on).
 *
 * @param text as it was typed; no syntax
 * @param fields the text fields to look in, each with what a find there is worth beside 1
 * @param filter what may be found at all, as a condition on keywords and numbers
 * @param every whether every word has to be found; otherwise some of them are enough, the more the
 *     better: for a text that was not written as a question
 * @param limit 1 to 200
 * @param after where the page before ended; see {@link DocumentHits#next}
 */
public record DocumentQuery(
    String text,
    Map<String, Float> fields,
    Filter filter,
    boolean every,
    int limit,
    Optional<String> after) {
  public DocumentQuery {
    fields = Map.copyOf(fields);
    if (limit < 1 || limit > 200) {
      throw new IllegalArgumentException("A page of " + limit);
    }
  }
}
