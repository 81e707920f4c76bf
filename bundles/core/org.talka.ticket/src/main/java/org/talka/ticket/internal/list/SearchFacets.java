/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.ticket.StateCategory;
import org.talka.search.SearchCounts;
import org.talka.ticket.internal.list.Facets.Facet;
import org.talka.ticket.internal.list.Facets.Value;
import org.talka.ticket.internal.model.Words;

/**
 * Counts by what a search can be narrowed down. Several values of one field are alternatives, so
 * what a field offers is counted as if nothing of that field were chosen: what is shown beside a
 * value is what choosing it brings.
 */
@Component(service = SearchFacets.class)
public class SearchFacets {
  /** The fields in the order in which they are shown. */
  public static final List<String> FIELDS =
      List.of("type", "category", "priority", "team", "assignee", "tag");

  public static final String CREATED = "createdAt";

  private static final Map<String, Duration> AGES = new LinkedHashMap<>();

  static {
    AGES.put("now-7d", Duration.ofDays(7));
    AGES.put("now-30d", Duration.ofDays(30));
    AGES.put("now-365d", Duration.ofDays(365));
  }

  private static final Set<String> CATEGORIES =
      Stream.of(StateCategory.values()).map(Words::of).collect(Collectors.toUnmodifiableSet());
  private static final String NONE = "none";
  private static final int MOST_VALUES = 200;
  private static final int SHOWN_VALUES = 10;
  private static final int MOST_CHOSEN = 20;

  private final TicketLists lists;

  @Activate
  public SearchFacets(@Reference TicketLists lists) {
    this.lists = lists;
  }

  /**
   * @param chosen values by field, as the query language takes them
   * @throws DomainException MALFORMED for a field or value that there is not
   */
  public Facets of(String query, Map<String, List<String>> chosen) {
    Map<String, Filter> filters = new LinkedHashMap<>();
    Map<String, List<String>> stored = new LinkedHashMap<>();
    chosen.forEach(
        (field, values) -> {
          if (!values.isEmpty()) {
            filters.put(field, filter(field, values));
            stored.put(field, field.equals(CREATED) ? values : lists.stored(field, values));
          }
        });
    Filter asked = lists.visible(query);
    Instant now = Instant.now();

    List<String> free = new ArrayList<>(FIELDS);
    free.removeAll(filters.keySet());
    SearchCounts all = counts(asked, filters, "", free, now);
    Map<String, SearchCounts> byField = new LinkedHashMap<>();
    filters
        .keySet()
        .forEach(
            field ->
                byField.put(
                    field,
                    counts(
                        asked,
                        filters,
                        field,
                        field.equals(CREATED) ? List.of() : List.of(field),
                        now)));
    List<Facet> facets = new ArrayList<>();
    for (String field : FIELDS) {
      SearchCounts counts = byField.getOrDefault(field, all);
      facets.add(new Facet(field, values(counts, field, stored.getOrDefault(field, List.of()))));
    }
    facets.add(
        new Facet(
            CREATED,
            ages(byField.getOrDefault(CREATED, all), stored.getOrDefault(CREATED, List.of()))));
    return new Facets(
        Math.min(all.matches(), Facets.EXACT), all.more() || all.matches() > Facets.EXACT, facets);
  }

  private Filter filter(String field, List<String> values) {
    if (values.size() > MOST_CHOSEN) {
      throw DomainException.malformed("error.ticket.facet", "field", field);
    }
    if (field.equals("category") && !CATEGORIES.containsAll(values)) {
      throw DomainException.malformed("error.ticket.facet", "field", field);
    }
    // as the same word means in a query: a state of this name, or any that means this
    String name = field.equals("category") ? "state" : field;
    Filter any = new Filter.None();
    for (String value : values) {
      if (field.equals(CREATED)) {
        if (!AGES.containsKey(value)) {
          throw DomainException.malformed("error.ticket.facet", "field", field);
        }
        any = Filter.or(any, since(AGES.get(value), Instant.now()));
      } else {
        any = Filter.or(any, lists.term(name, value));
      }
    }
    return any;
  }

  private static Filter.Between since(Duration age, Instant now) {
    return new Filter.Between(CREATED, now.minus(age).toString(), null);
  }

  private SearchCounts counts(
      Filter asked, Map<String, Filter> filters, String except, List<String> fields, Instant now) {
    Filter filter = asked;
    for (Map.Entry<String, Filter> each : filters.entrySet()) {
      if (!each.getKey().equals(except)) {
        filter = Filter.and(filter, each.getValue());
      }
    }
    List<Filter.Between> ranges = AGES.values().stream().map(age -> since(age, now)).toList();
    return lists.counts(filter, fields, ranges, MOST_VALUES);
  }

  private static List<Value> values(SearchCounts counts, String field, List<String> chosen) {
    SearchCounts.Field found = counts.fields().get(field);
    List<Value> values = new ArrayList<>();
    List<String> missing = new ArrayList<>(chosen);
    for (SearchCounts.Value value : found.values()) {
      boolean isChosen = missing.remove(value.value());
      if (isChosen || values.size() < SHOWN_VALUES) {
        values.add(value(value.value(), value.count(), counts.more(), isChosen));
      }
    }
    boolean nothing = missing.remove(NONE);
    if (nothing || found.without() > 0) {
      values.add(value(NONE, found.without(), counts.more(), nothing));
    }
    missing.forEach(value -> values.add(value(value, 0, counts.more(), true)));
    return values;
  }

  private static List<Value> ages(SearchCounts counts, List<String> chosen) {
    List<Value> values = new ArrayList<>();
    int i = 0;
    for (String age : AGES.keySet()) {
      values.add(value(age, counts.ranges().get(i++), counts.more(), chosen.contains(age)));
    }
    return values;
  }

  private static Value value(String value, int count, boolean more, boolean chosen) {
    return new Value(value, Math.min(count, Facets.EXACT), more || count > Facets.EXACT, chosen);
  }
}
