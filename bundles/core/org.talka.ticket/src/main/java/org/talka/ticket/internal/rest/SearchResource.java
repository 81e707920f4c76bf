/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.list.Facets;
import org.talka.ticket.internal.list.SearchFacets;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;

/** Full-text search over everything that the caller may see. */
@Component(service = SearchResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
  private static final int SNIPPET = 160;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final TicketLists lists;
  private final SearchFacets facets;
  private final People people;

  @Activate
  public SearchResource(
      @Reference TicketLists lists, @Reference SearchFacets facets, @Reference People people) {
    this.lists = lists;
    this.facets = facets;
    this.people = people;
  }

  @GET
  @RequiresPermission("ticket:read")
  @Operation(value = "Search, the best finds first", answers = FoundView.class, paged = true)
  public PageAnswer<FoundView> search(
      @QueryParam("q") String query,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    if (query == null || query.isBlank()) {
      return PageAnswer.whole(List.of());
    }
    Page<TicketImage> page =
        lists.search(query, max, Optional.ofNullable(after).filter(text -> !text.isBlank()));
    return PageAnswer.of(page, SearchResource::view);
  }

  @GET
  @Path("facets")
  @RequiresPermission("ticket:read")
  @Operation(value = "Count by what a search can be narrowed down", answers = FacetsView.class)
  public FacetsView facets(
      @QueryParam("q") String query,
      @QueryParam("type") List<String> types,
      @QueryParam("category") List<String> categories,
      @QueryParam("priority") List<String> priorities,
      @QueryParam("team") List<String> teams,
      @QueryParam("assignee") List<String> assignees,
      @QueryParam("tag") List<String> tags,
      @QueryParam("createdAt") List<String> created) {
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    chosen.put("type", types);
    chosen.put("category", categories);
    chosen.put("priority", priorities);
    chosen.put("team", teams);
    chosen.put("assignee", assignees);
    chosen.put("tag", tags);
    chosen.put(SearchFacets.CREATED, created);
    Facets found = facets.of(query == null ? "" : query, chosen);
    Map<PersonId, Person> names = names(found);
    return new FacetsView(
        found.found(),
        found.more(),
        found.facets().stream()
            .map(
                facet ->
                    new FacetView(
                        facet.field(),
                        facet.values().stream()
                            .map(value -> view(facet.field(), value, names))
                            .toList()))
            .toList());
  }

  private Map<PersonId, Person> names(Facets found) {
    Set<PersonId> ids = new HashSet<>();
    for (Facets.Facet facet : found.facets()) {
      if (facet.field().equals("assignee")) {
        facet.values().stream()
            .filter(value -> NUMBER.matcher(value.value()).matches())
            .forEach(value -> ids.add(new PersonId(Long.parseLong(value.value()))));
      }
    }
    return ids.isEmpty() ? Map.of() : people.persons(ids);
  }

  /** Ids become what the query language takes, and get a name beside them. */
  private ValueView view(String field, Facets.Value value, Map<PersonId, Person> names) {
    Optional<String[]> named = Optional.empty();
    if (NUMBER.matcher(value.value()).matches()) {
      long id = Long.parseLong(value.value());
      named =
          switch (field) {
            case "assignee" ->
                Optional.ofNullable(names.get(new PersonId(id)))
                    .map(person -> new String[] {person.username(), person.displayName()});
            case "team" ->
                people.team(new TeamId(id)).map(team -> new String[] {team.key(), team.name()});
            default -> Optional.empty();
          };
    }
    return new ValueView(
        named.map(both -> both[0]).orElse(value.value()),
        named.map(both -> both[1]).orElse(null),
        value.count(),
        value.more(),
        value.chosen());
  }

  private static FoundView view(TicketImage ticket) {
    return new FoundView(
        "ticket",
        ticket.key(),
        ticket.type(),
        ticket.subject(),
        ticket.state(),
        Words.of(ticket.category()),
        snippet(ticket.description()),
        ticket.updatedAt(),
        ticket.moduleMissing());
  }

  /** The beginning of the text in one line, as plain text. */
  private static String snippet(String markdown) {
    String line = markdown.replaceAll("\\s+", " ").strip();
    if (line.length() <= SNIPPET) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(SNIPPET - 1)) ? SNIPPET - 1 : SNIPPET;
    return line.substring(0, end) + "…";
  }

  /**
   * By what a search can be narrowed down.
   *
   * @param found at most 1000
   * @param more whether more is found
   */
  public record FacetsView(int found, boolean more, List<FacetView> facets) {}

  /**
   * A field and its values.
   *
   * @param field as the query language calls it, and as the parameter that chooses a value
   */
  public record FacetView(String field, List<ValueView> values) {}

  /**
   * A value.
   *
   * @param value as the query language and the parameter take it; {@code none} for no value
   * @param label a name; absent when the value is a word of the catalogue or speaks for itself
   * @param count what would be found with it; at most 1000
   * @param more whether it may be more
   */
  public record ValueView(String value, String label, int count, boolean more, boolean chosen) {}

  /** A find. */
  public record FoundView(
      String kind,
      String key,
      String type,
      String subject,
      String state,
      String stateCategory,
      String snippet,
      Instant updatedAt,
      Optional<String> moduleMissing) {}
}
