/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.text.Text;
import org.talka.api.ticket.FieldDefinition;
import org.talka.search.CountRequest;
import org.talka.search.QueryLanguage;
import org.talka.search.SearchCounts;
import org.talka.search.SearchField;
import org.talka.search.SearchHits;
import org.talka.search.SearchIndex;
import org.talka.search.SearchRequest;
import org.talka.security.Seal;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.TicketFields;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.index.IndexProgress;
import org.talka.ticket.internal.index.TicketDocuments;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.store.FilterSql;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.store.TicketStore.Place;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * Pages of tickets that the current caller may see. A list that one database index serves in its
 * order is read from there; any other is found in the search index and its rows are read in one
 * query. Nothing is counted and nothing is skipped, so that a page costs the same at any size.
 */
@Component(service = TicketLists.class)
public class TicketLists {
  public static final Set<String> SORTS =
      Set.of("updatedAt", "createdAt", "resolvedAt", "priority", "key");
  public static final String NEWEST = "-updatedAt";

  /** How long a list waits for the caller's own writes to reach the search index. */
  private static final Duration OWN_WRITES = Duration.ofMillis(500);

  /** So many matches are looked at when values are counted. */
  private static final int MOST_COUNTED = 10_000;

  private final TicketStore store;
  private final SearchIndex index;
  private final IndexProgress progress;
  private final QueryLanguage language;
  private final Visibility visibility;
  private final Callers callers;
  private final People people;
  private final TypeRegistry registry;
  private final Seal seal;

  @Activate
  public TicketLists(
      @Reference TicketStore store,
      @Reference SearchIndex index,
      @Reference IndexProgress progress,
      @Reference QueryLanguage language,
      @Reference Visibility visibility,
      @Reference Callers callers,
      @Reference People people,
      @Reference TypeRegistry registry,
      @Reference Seal seal) {
    this.store = store;
    this.index = index;
    this.progress = progress;
    this.language = language;
    this.visibility = visibility;
    this.callers = callers;
    this.people = people;
    this.registry = registry;
    this.seal = seal;
  }

  /**
   * @param query in the query language; everything when blank
   * @param sort one of {@link #SORTS}, with a minus before it for descending
   */
  public Page<TicketImage> query(String query, String sort, int limit, Optional<String> after) {
    return page(parse(query), sort, limit, after, query + '\n' + sort, false);
  }

  /** As {@link #query(String, String, int, Optional)}, narrowed down by another condition. */
  public Page<TicketImage> query(
      String query, Filter also, String sort, int limit, Optional<String> after) {
    String list = query + '\n' + sort + '\n' + also;
    return page(Filter.and(parse(query), also), sort, limit, after, list, false);
  }

  /**
   * The first page of each of several lists that differ in one condition, found one by one in the
   * search index; the rows of all of them are read in one query. What comes after a page is {@link
   * #query(String, Filter, String, int, Optional)} with the same condition.
   */
  public List<Page<TicketImage>> first(
      String query, List<Filter> conditions, String sort, int limit) {
    Filter asked = parse(query);
    Filter visible = visibility.of(callers.current());
    Filter shared = Filter.and(asked, visible);
    if (shared instanceof Filter.None) {
      return conditions.stream()
          .map(c -> new Page<TicketImage>(List.of(), Optional.empty()))
          .toList();
    }
    awaitIndex();
    List<SearchHits> found = new ArrayList<>();
    for (Filter condition : conditions) {
      found.add(search(Filter.and(shared, condition), sort, limit, Optional.empty()));
    }
    Map<Long, TicketImage> rows = new HashMap<>();
    List<Long> ids = found.stream().flatMap(hits -> ids(hits).stream()).distinct().toList();
    seen(ids, visible, false).forEach(ticket -> rows.put(ticket.id().value(), ticket));
    List<Page<TicketImage>> pages = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      String list = query + '\n' + sort + '\n' + conditions.get(i);
      pages.add(
          new Page<>(
              ids(found.get(i)).stream().map(rows::get).filter(Objects::nonNull).toList(),
              found.get(i).next().map(next -> ListCursor.hit(next).seal(seal, list))));
    }
    return pages;
  }

  /** What a query means, joined with what the caller may see. */
  public Filter visible(String query) {
    return Filter.and(parse(query), visibility.of(callers.current()));
  }

  /**
   * Whether the query is one.
   *
   * @throws DomainException MALFORMED, saying what is wrong with it
   */
  public void check(String query) {
    parse(query);
  }

  /**
   * How many tickets a query finds for the caller, up to a bound: the begin of an index is walked,
   * no row is read.
   */
  public int count(String query, int most) {
    return count(query, new Filter.All(), most);
  }

  /** The same for a list that is narrowed down by another condition. */
  public int count(String query, Filter also, int most) {
    Filter filter = Filter.and(visible(query), also);
    Optional<FilterSql> sql =
        ListPlan.indexed(filter, "updatedAt", true)
            .map(TicketStore::equal)
            .or(() -> withoutIndex(filter, "updatedAt", true, false));
    if (sql.isPresent()) {
      return store.count(sql.get(), most);
    }
    if (filter instanceof Filter.None) {
      return 0;
    }
    progress.await(OWN_WRITES);
    return index
        .search(
            new SearchRequest(
                filter, internal(callers.current()), "updatedAt", true, most, Optional.empty()))
        .hits()
        .size();
  }

  /** Whether tickets can be grouped by a field: by keywords, and such as several tickets share. */
  public boolean groups(String field) {
    return !field.equals("key")
        && TicketFields.of(field, registry.types(), callers.current().may("ticket:note"))
            .filter(found -> found.kind() == SearchField.Kind.KEYWORD)
            .isPresent();
  }

  /**
   * The numbers that a field chooses from, in their order, when it is a scale of whole numbers;
   * else nothing.
   */
  public List<String> scale(String field) {
    List<String> options =
        groups(field)
            ? Optional.ofNullable(registry.types().fields().get(field))
                .map(FieldDefinition::options)
                .orElse(List.of())
            : List.of();
    return options.stream().allMatch(option -> option.matches("-?[0-9]{1,6}"))
        ? options
        : List.of();
  }

  /**
   * How the tickets that a query finds for the caller are spread over the values of a field. At
   * most {@code most} of them are looked at.
   */
  public Spread spread(String query, String field, int most) {
    if (!groups(field)) {
      throw DomainException.malformed("error.ticket.figure.by", "field", field);
    }
    awaitIndex();
    SearchCounts counted =
        index.count(
            new CountRequest(
                visible(query),
                internal(callers.current()),
                List.of(field),
                List.of(),
                List.of(),
                most,
                most));
    SearchCounts.Field values = counted.fields().get(field);
    Map<String, Integer> counts = new LinkedHashMap<>();
    values.values().forEach(value -> counts.put(value.value(), value.count()));
    return new Spread(counts, values.without(), counted.more());
  }

  /**
   * How they are spread over time.
   *
   * @param edges where each group begins, and behind them where the last one ends
   * @param most so many of those in between are looked at
   */
  public SearchCounts overTime(String query, String field, List<Instant> edges, int most) {
    Filter between =
        new Filter.Between(
            field,
            edges.get(0).toString(),
            edges.get(edges.size() - 1).minus(1, ChronoUnit.MICROS).toString());
    awaitIndex();
    return index.count(
        new CountRequest(
            Filter.and(visible(query), between),
            internal(callers.current()),
            List.of(),
            List.of(),
            List.of(new CountRequest.Series(field, edges)),
            0,
            most));
  }

  private void awaitIndex() {
    if (!progress.ready()) {
      throw notReady();
    }
    progress.await(OWN_WRITES);
  }

  /**
   * The values of a field among what a query finds for the caller, those that occur most often
   * first. Counted in the search index, over a bounded number of matches.
   */
  public SearchCounts.Field values(String query, String field, int most) {
    return counts(visible(query), List.of(field), List.of(), most).fields().get(field);
  }

  /**
   * Counts what meets a condition.
   *
   * @param filter what the caller may see included
   */
  SearchCounts counts(Filter filter, List<String> fields, List<Filter.Between> ranges, int values) {
    awaitIndex();
    return index.count(
        new CountRequest(
            filter, internal(callers.current()), fields, ranges, List.of(), values, MOST_COUNTED));
  }

  /** What {@code field:value} means in a query of the caller. */
  Filter term(String field, String value) {
    TicketCatalogue catalogue = new TicketCatalogue(registry.types(), people, callers.current());
    return catalogue.term(catalogue.field(field).orElseThrow(), value);
  }

  /** The values as the index has them, for those that stand for a single one. */
  List<String> stored(String field, List<String> values) {
    return values.stream()
        .map(value -> term(field, value) instanceof Filter.Is is ? is.value() : value)
        .toList();
  }

  /** As modules ask: a condition, and whole tickets. */
  public Page<TicketImage> list(Filter filter, String sort, int limit, Optional<String> after) {
    String field = sort.startsWith("-") ? sort.substring(1) : sort;
    if (!SORTS.contains(field) || limit < 1 || limit > 200) {
      throw DomainException.malformed("error.ticket.list");
    }
    names(filter);
    return page(filter, sort, limit, after, filter + "\n" + sort, true);
  }

  /**
   * The first tickets of a list without their descriptions.
   *
   * @param sort one of {@link #SORTS}, with a minus before it for descending
   */
  public List<TicketImage> first(Filter filter, String sort, int limit) {
    names(filter);
    return page(filter, sort, limit, Optional.empty(), filter + "\n" + sort, false).items();
  }

  /** What fits words best, over everything the caller may see. */
  public Page<TicketImage> search(String query, int limit, Optional<String> after) {
    Filter visible = visibility.of(callers.current());
    Filter filter = Filter.and(parse(query), visible);
    String list = "search\n" + query;
    ListCursor cursor = ListCursor.open(seal, list, after);
    return found(filter, visible, "", limit, cursor.hit(), list, true);
  }

  private Filter parse(String query) {
    return query == null || query.isBlank()
        ? new Filter.All()
        : language.parse(query, new TicketCatalogue(registry.types(), people, callers.current()));
  }

  private Page<TicketImage> page(
      Filter asked,
      String sort,
      int limit,
      Optional<String> after,
      String list,
      boolean descriptions) {
    Filter visible = visibility.of(callers.current());
    Filter filter = Filter.and(asked, visible);
    ListCursor cursor = ListCursor.open(seal, list, after);
    boolean descending = sort.startsWith("-");
    String field = descending ? sort.substring(1) : sort;
    if (cursor.hit().isEmpty()) {
      Optional<FilterSql> sql =
          ListPlan.indexed(filter, field, descending)
              .map(TicketStore::equal)
              .or(() -> withoutIndex(filter, field, descending, cursor.row().isPresent()));
      if (sql.isPresent()) {
        return rows(sql.get(), field, limit, cursor.row(), list, descriptions);
      }
    }
    return found(filter, visible, sort, limit, cursor.hit(), list, descriptions);
  }

  /**
   * While the search index is being filled, and to go on with a list that began then, the database
   * answers what it can: slower, but right.
   */
  private Optional<FilterSql> withoutIndex(
      Filter filter, String sort, boolean descending, boolean begun) {
    boolean byTime = sort.equals("updatedAt") || sort.equals("createdAt");
    return descending && byTime && (begun || !progress.ready())
        ? FilterSql.of(filter)
        : Optional.empty();
  }

  private Page<TicketImage> rows(
      FilterSql sql,
      String sort,
      int limit,
      Optional<Place> after,
      String list,
      boolean descriptions) {
    List<TicketImage> rows = store.page(sql, sort, limit + 1, after);
    boolean more = rows.size() > limit;
    List<TicketImage> page = more ? rows.subList(0, limit) : rows;
    Optional<String> next = Optional.empty();
    if (more) {
      TicketImage last = page.get(limit - 1);
      Place place =
          new Place(
              sort.equals("createdAt") ? last.createdAt() : last.updatedAt(), last.id().value());
      next = Optional.of(ListCursor.row(place).seal(seal, list));
    }
    return new Page<>(descriptions ? whole(page) : page, next);
  }

  private Page<TicketImage> found(
      Filter filter,
      Filter visible,
      String sort,
      int limit,
      Optional<String> after,
      String list,
      boolean descriptions) {
    if (filter instanceof Filter.None) {
      return new Page<>(List.of(), Optional.empty());
    }
    awaitIndex();
    SearchHits hits = search(filter, sort, limit, after);
    return new Page<>(
        seen(ids(hits), visible, descriptions),
        hits.next().map(next -> ListCursor.hit(next).seal(seal, list)));
  }

  private SearchHits search(Filter filter, String sort, int limit, Optional<String> after) {
    boolean descending = sort.startsWith("-");
    String field = descending ? sort.substring(1) : sort;
    return index.search(
        new SearchRequest(
            filter, internal(callers.current()), sortField(field), descending, limit, after));
  }

  private static List<Long> ids(SearchHits hits) {
    return hits.hits().stream()
        .filter(hit -> hit.kind().equals(TicketDocuments.KIND))
        .map(hit -> TicketDocuments.ticket(hit.id()))
        .toList();
  }

  /** The index may be a moment behind: who lost sight of a ticket since does not see it. */
  private List<TicketImage> seen(List<Long> ids, Filter visible, boolean descriptions) {
    return store.byIds(ids, descriptions).stream()
        .filter(ticket -> FilterMatch.matches(visible, name -> TicketKeywords.of(ticket, name)))
        .toList();
  }

  private static DomainException notReady() {
    return new DomainException(
        ErrorKind.UNAVAILABLE, Text.of("error.ticket.index"), List.of(), Duration.ofSeconds(5));
  }

  private static String sortField(String field) {
    return switch (field) {
      case "" -> null;
      case "priority" -> TicketDocuments.URGENCY_RANK;
      default -> field;
    };
  }

  /** Words of internal notes find a ticket only for who reads the notes of all they see. */
  private static boolean internal(Caller caller) {
    return caller.may("ticket:note")
        && caller.grant("ticket:note").compareTo(caller.grant(Visibility.READ)) >= 0;
  }

  private List<TicketImage> whole(List<TicketImage> page) {
    return store.byIds(page.stream().map(ticket -> ticket.id().value()).toList(), true);
  }

  /** Refuses names that do not exist, before anything is built of them. */
  private void names(Filter filter) {
    Set<String> named = FilterNames.of(filter);
    for (String name : named) {
      if (TicketFields.of(name, registry.types(), true).isEmpty()) {
        throw DomainException.malformed("error.ticket.query.field", "field", name);
      }
    }
  }
}
