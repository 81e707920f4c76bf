/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.talka.api.query.Filter;
import org.talka.search.SearchDocument;
import org.talka.search.SearchHits;
import org.talka.search.SearchIndex;
import org.talka.search.SearchRequest;

/** Documents and requests, briefly. */
final class Documents {
  private final int number;
  private final Map<String, List<String>> words = new TreeMap<>();
  private final Map<String, List<String>> internalWords = new TreeMap<>();
  private final Map<String, List<String>> keywords = new TreeMap<>();
  private final Map<String, BigDecimal> numbers = new HashMap<>();
  private final Map<String, Instant> instants = new HashMap<>();

  private Documents(int number) {
    this.number = number;
  }

  static Documents ticket(int number) {
    return new Documents(number);
  }

  Documents words(String field, String... texts) {
    words.put(field, List.of(texts));
    return this;
  }

  Documents internal(String field, String... texts) {
    internalWords.put(field, List.of(texts));
    return this;
  }

  Documents keyword(String field, String... values) {
    keywords.put(field, List.of(values));
    return this;
  }

  Documents number(String field, String value) {
    numbers.put(field, new BigDecimal(value));
    return this;
  }

  Documents instant(String field, Instant value) {
    instants.put(field, value);
    return this;
  }

  SearchDocument build() {
    return new SearchDocument(
        "ticket:" + number,
        "ticket",
        "INC-%06d".formatted(number),
        words,
        internalWords,
        keywords,
        numbers,
        instants);
  }

  static SearchRequest relevance(Filter filter) {
    return new SearchRequest(filter, false, null, false, 1_000, Optional.empty());
  }

  static SearchRequest sorted(Filter filter, String sort, boolean descending) {
    return new SearchRequest(filter, false, sort, descending, 1_000, Optional.empty());
  }

  static List<String> keys(SearchHits hits) {
    return hits.hits().stream().map(SearchHits.Hit::key).toList();
  }

  /** The numbers of all tickets, page by page. */
  static List<Integer> page(SearchIndex index, SearchRequest first) {
    java.util.ArrayList<Integer> found = new java.util.ArrayList<>();
    SearchRequest request = first;
    while (true) {
      SearchHits hits = index.search(request);
      hits.hits().forEach(hit -> found.add(Integer.parseInt(hit.key().substring(4))));
      if (hits.next().isEmpty()) {
        return found;
      }
      request =
          new SearchRequest(
              first.filter(),
              first.internal(),
              first.sort(),
              first.descending(),
              first.limit(),
              hits.next());
    }
  }
}
