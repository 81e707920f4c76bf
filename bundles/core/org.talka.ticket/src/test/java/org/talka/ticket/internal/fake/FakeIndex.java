/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.talka.api.query.Filter;
import org.talka.search.CountRequest;
import org.talka.search.SearchCounts;
import org.talka.search.SearchDocument;
import org.talka.search.SearchHits;
import org.talka.search.SearchIndex;
import org.talka.search.SearchRequest;
import org.talka.ticket.internal.access.FilterMatch;

/** An index in memory that knows keywords and whole words. */
public final class FakeIndex implements SearchIndex {
  private final Map<String, SearchDocument> documents = new TreeMap<>();
  private OptionalLong position = OptionalLong.empty();

  @Override
  public synchronized OptionalLong position() {
    return position;
  }

  @Override
  public synchronized void update(
      Collection<SearchDocument> changed, Collection<String> removedIds, long position) {
    changed.forEach(document -> documents.put(document.id(), document));
    removedIds.forEach(documents::remove);
    this.position = OptionalLong.of(position);
  }

  @Override
  public void flush() {}

  @Override
  public synchronized void discard() {
    documents.clear();
    position = OptionalLong.empty();
  }

  @Override
  public synchronized SearchHits search(SearchRequest request) {
    List<SearchDocument> found = new ArrayList<>();
    for (SearchDocument document : documents.values()) {
      if (matches(request.filter(), document, request.internal())) {
        found.add(document);
      }
    }
    Comparator<SearchDocument> order = Comparator.comparing(document -> rank(document, request));
    order = order.thenComparing(document -> Long.parseLong(document.id().substring(7)));
    found.sort(request.descending() ? order.reversed() : order);
    int from = request.after().map(Integer::parseInt).orElse(0);
    int to = Math.min(found.size(), from + request.limit());
    return new SearchHits(
        found.subList(from, to).stream()
            .map(d -> new SearchHits.Hit(d.id(), d.kind(), d.key(), 1))
            .toList(),
        to < found.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private static List<Integer> slots(CountRequest.Series one, List<SearchDocument> found) {
    int[] counts = new int[one.edges().size() - 1];
    for (SearchDocument document : found) {
      Instant at = document.instants().get(one.field());
      for (int i = 0; at != null && i < counts.length; i++) {
        if (!at.isBefore(one.edges().get(i)) && at.isBefore(one.edges().get(i + 1))) {
          counts[i]++;
        }
      }
    }
    return Arrays.stream(counts).boxed().toList();
  }

  @Override
  public synchronized SearchCounts count(CountRequest request) {
    List<SearchDocument> found =
        documents.values().stream()
            .filter(document -> matches(request.filter(), document, request.internal()))
            .toList();
    Map<String, SearchCounts.Field> fields = new TreeMap<>();
    for (String field : request.keywords()) {
      Map<String, Integer> counts = new TreeMap<>();
      int without = 0;
      for (SearchDocument document : found) {
        List<String> values = document.keywords().getOrDefault(field, List.of());
        without += values.isEmpty() ? 1 : 0;
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
      }
      fields.put(
          field,
          new SearchCounts.Field(
              counts.entrySet().stream()
                  .map(entry -> new SearchCounts.Value(entry.getKey(), entry.getValue()))
                  .sorted(Comparator.comparingInt(SearchCounts.Value::count).reversed())
                  .limit(request.values())
                  .toList(),
              without));
    }
    List<Integer> ranges =
        request.ranges().stream()
            .map(
                range ->
                    (int)
                        found.stream()
                            .map(document -> document.instants().get(range.field()))
                            .filter(at -> at != null && at.toString().compareTo(range.from()) >= 0)
                            .count())
            .toList();
    List<List<Integer>> series = request.series().stream().map(one -> slots(one, found)).toList();
    return new SearchCounts(found.size(), false, fields, ranges, series);
  }

  @Override
  public synchronized long size() {
    return documents.size();
  }

  private static String rank(SearchDocument document, SearchRequest request) {
    if (request.sort() == null) {
      return "";
    }
    if (document.instants().containsKey(request.sort())) {
      return document.instants().get(request.sort()).toString();
    }
    if (document.numbers().containsKey(request.sort())) {
      return document.numbers().get(request.sort()).toString();
    }
    return String.join(",", document.keywords().getOrDefault(request.sort(), List.of()));
  }

  private static boolean matches(Filter filter, SearchDocument document, boolean internal) {
    if (filter instanceof Filter.Words words) {
      return hasWords(document.words(), words)
          || internal && hasWords(document.internalWords(), words);
    }
    if (filter instanceof Filter.AllOf all) {
      return all.parts().stream().allMatch(part -> matches(part, document, internal));
    }
    if (filter instanceof Filter.AnyOf any) {
      return any.parts().stream().anyMatch(part -> matches(part, document, internal));
    }
    if (filter instanceof Filter.Not not) {
      return !matches(not.part(), document, internal);
    }
    if (filter instanceof Filter.Between between) {
      Instant at = document.instants().get(between.field());
      return at != null
          && !at.isBefore(Instant.parse(between.from()))
          && !at.isAfter(Instant.parse(between.to()));
    }
    return FilterMatch.matches(
        filter, field -> Set.copyOf(document.keywords().getOrDefault(field, List.of())));
  }

  private static boolean hasWords(Map<String, List<String>> texts, Filter.Words words) {
    return texts.entrySet().stream()
        .filter(entry -> words.field() == null || words.field().equals(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .anyMatch(text -> text.contains(words.words()));
  }
}
