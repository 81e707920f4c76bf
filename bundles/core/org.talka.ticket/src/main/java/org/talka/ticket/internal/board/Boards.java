/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.search.SearchCounts;
import org.talka.ticket.internal.board.BoardColumn.State;
import org.talka.ticket.internal.list.Possible;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * The columns in which a list of tickets stands as a board. They follow from the list's query: what
 * it rules out has no column, and states that it rules out are only ways out.
 */
@Component(service = Boards.class)
public class Boards {
  /** More stand nowhere side by side. */
  private static final int MOST_COLUMNS = 40;

  private static final int MOST_PEOPLE = 12;

  /** What the columns stand for. */
  public enum By {
    STATE,
    CATEGORY,
    PRIORITY,
    ASSIGNEE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param by what the columns stand for
   */
  public record Board(By by, List<BoardColumn> columns) {
    public BoardColumn column(String key) {
      return columns.stream()
          .filter(column -> column.key().equals(key))
          .findFirst()
          .orElseThrow(() -> DomainException.notFound("error.ticket.board.column"));
    }
  }

  private final TicketLists lists;
  private final TypeRegistry registry;
  private final People people;
  private final Callers callers;
  private final Translator translator;

  @Activate
  public Boards(
      @Reference TicketLists lists,
      @Reference TypeRegistry registry,
      @Reference People people,
      @Reference Callers callers,
      @Reference Translator translator) {
    this.lists = lists;
    this.registry = registry;
    this.people = people;
    this.callers = callers;
    this.translator = translator;
  }

  /**
   * @param by a word of {@link By}; when it is blank, states for a list of one type, and what
   *     states mean to the desk for a list of several
   */
  public Board board(String query, String by) {
    Filter visible = lists.visible(query);
    List<Place> places = places(visible);
    Set<String> types = new LinkedHashSet<>();
    places.stream().filter(Place::here).forEach(place -> types.add(place.type().key()));
    places.removeIf(place -> !types.contains(place.type().key()));
    By chosen = by(by, types.size() > 1);
    List<BoardColumn> columns =
        switch (chosen) {
          case STATE -> states(places);
          case CATEGORY -> categories(places);
          case PRIORITY -> priorities(visible);
          case ASSIGNEE -> assignees(query);
        };
    return new Board(
        chosen, List.copyOf(columns.subList(0, Math.min(MOST_COLUMNS, columns.size()))));
  }

  private static By by(String word, boolean severalTypes) {
    if (word == null || word.isBlank()) {
      return severalTypes ? By.CATEGORY : By.STATE;
    }
    for (By by : By.values()) {
      if (by.word().equals(word)) {
        return by;
      }
    }
    throw DomainException.malformed("error.ticket.board.by");
  }

  /**
   * A state of a type.
   *
   * @param here whether the list can show tickets in it
   */
  private record Place(TicketType type, WorkflowDefinition.State state, boolean here) {}

  private List<Place> places(Filter visible) {
    List<Place> places = new ArrayList<>();
    for (TicketType type : registry.types().byKey().values()) {
      for (WorkflowDefinition.State state : type.workflow().states()) {
        Map<String, Set<String>> known =
            Map.of(
                "type", Set.of(type.key()),
                "module", Set.of(type.module()),
                "state", Set.of(state.key()),
                "category", Set.of(Words.of(state.category())),
                "open", Set.of(Boolean.toString(state.category().open())));
        places.add(new Place(type, state, Possible.of(visible, known) != Possible.NO));
      }
    }
    return places;
  }

  /** One type's states in its order; of several types in the order of progress. */
  private List<BoardColumn> states(List<Place> places) {
    boolean several = places.stream().map(place -> place.type().key()).distinct().count() > 1;
    List<Place> ordered = new ArrayList<>(places);
    if (several) {
      ordered.sort(Comparator.comparing(place -> place.state().category()));
    }
    // what is called the same and means the same is one column
    Map<List<Object>, List<Place>> merged = new LinkedHashMap<>();
    for (Place place : ordered) {
      List<Object> same = List.of(place.state().category(), title(place), place.here());
      merged.computeIfAbsent(same, key -> new ArrayList<>()).add(place);
    }
    List<BoardColumn> columns = new ArrayList<>();
    merged
        .values()
        .forEach(
            group -> {
              Place first = group.get(0);
              columns.add(
                  new BoardColumn(
                      first.type().key() + "." + first.state().key(),
                      Optional.of(Text.of(titleKey(first))),
                      any(group),
                      stated(group),
                      Optional.of(Words.of(first.state().category())),
                      Optional.empty(),
                      !first.here()));
            });
    return exitsLast(columns);
  }

  private List<BoardColumn> categories(List<Place> places) {
    List<BoardColumn> columns = new ArrayList<>();
    for (StateCategory category : StateCategory.values()) {
      List<Place> group =
          places.stream().filter(place -> place.state().category() == category).toList();
      if (group.isEmpty()) {
        continue;
      }
      List<Place> here = group.stream().filter(Place::here).toList();
      columns.add(
          new BoardColumn(
              Words.of(category),
              Optional.of(Text.of("category." + Words.of(category))),
              any(here.isEmpty() ? group : here),
              stated(group),
              Optional.of(Words.of(category)),
              Optional.empty(),
              here.isEmpty()));
    }
    return exitsLast(columns);
  }

  private static List<BoardColumn> exitsLast(List<BoardColumn> columns) {
    List<BoardColumn> ordered = new ArrayList<>(columns);
    ordered.sort(Comparator.comparing(BoardColumn::exit));
    return ordered;
  }

  private static List<State> stated(List<Place> places) {
    return places.stream()
        .map(place -> new State(place.type().key(), place.state().key()))
        .toList();
  }

  private static Filter any(List<Place> places) {
    Filter any = new Filter.None();
    for (Place place : places) {
      any =
          Filter.or(
              any,
              Filter.and(
                  new Filter.Is("type", place.type().key()),
                  new Filter.Is("state", place.state().key())));
    }
    return any;
  }

  private static String titleKey(Place place) {
    return "state." + place.type().workflow().key() + "." + place.state().key();
  }

  private String title(Place place) {
    return title(Text.of(titleKey(place)));
  }

  /** Words of a title in the caller's language, those of a module that is away too. */
  public String title(Text text) {
    Locale locale = callers.current().locale();
    String words = translator.translate(text, locale);
    if (!words.equals(text.key())) {
      return words;
    }
    Map<String, Map<String, String>> kept = registry.types().words();
    return Optional.ofNullable(kept.getOrDefault(locale.getLanguage(), Map.of()).get(text.key()))
        .or(() -> Optional.ofNullable(kept.getOrDefault("en", Map.of()).get(text.key())))
        .orElse(text.key().substring(text.key().lastIndexOf('.') + 1));
  }

  private static List<BoardColumn> priorities(Filter visible) {
    List<BoardColumn> columns = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      String word = Words.of(priority);
      boolean here = Possible.of(visible, Map.of("priority", Set.of(word))) != Possible.NO;
      columns.add(
          new BoardColumn(
              word,
              Optional.of(Text.of("priority." + word)),
              new Filter.Is("priority", word),
              List.of(),
              Optional.of(word),
              Optional.empty(),
              !here));
    }
    return exitsLast(columns);
  }

  /** Nobody, the caller, and those who have the most of what the list finds. */
  private List<BoardColumn> assignees(String query) {
    Caller caller = callers.current();
    Set<PersonId> ids = new LinkedHashSet<>();
    if (caller.may("ticket:update")) {
      caller.person().ifPresent(ids::add);
    }
    SearchCounts.Field counts = lists.values(query, "assignee", MOST_PEOPLE);
    counts.values().forEach(value -> ids.add(new PersonId(Long.parseLong(value.value()))));
    Map<PersonId, Person> persons = people.persons(ids);
    List<BoardColumn> columns = new ArrayList<>();
    columns.add(
        new BoardColumn(
            "none",
            Optional.empty(),
            new Filter.Not(new Filter.Exists("assignee")),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false));
    for (PersonId id : ids) {
      Optional.ofNullable(persons.get(id))
          .ifPresent(
              person ->
                  columns.add(
                      new BoardColumn(
                          "@" + person.username(),
                          Optional.empty(),
                          new Filter.Is("assignee", Long.toString(id.value())),
                          List.of(),
                          Optional.empty(),
                          Optional.of(person),
                          false)));
    }
    return columns;
  }
}
