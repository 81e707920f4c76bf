/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.cmdb.internal.Folded;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemQuery;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.ItemValues;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Configuration items: lists, single ones, and what they were. */
@Component(service = ItemResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("items")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class ItemResource {
  private static final int MOST_WORDS = 8;
  private static final Set<String> VALUES =
      Set.of(
          Field.NAME,
          Field.CLASS,
          Field.STATUS,
          Field.CRITICALITY,
          Field.ENVIRONMENT,
          Field.OWNER,
          Field.TEAM,
          Field.LOCATION);

  private final Items items;
  private final ItemStore store;
  private final SchemaStore schema;
  private final Views views;
  private final People people;
  private final Callers callers;

  @Activate
  public ItemResource(
      @Reference Items items,
      @Reference ItemStore store,
      @Reference SchemaStore schema,
      @Reference Views views,
      @Reference People people,
      @Reference Callers callers) {
    this.items = items;
    this.store = store;
    this.schema = schema;
    this.views = views;
    this.people = people;
    this.callers = callers;
  }

  @GET
  @Operation(
      value = "List configuration items by words, class, status, owner, team or verification",
      answers = Views.ItemView.class,
      paged = true)
  public ItemList list(
      @QueryParam("q") String q,
      @QueryParam("class") String classKey,
      @QueryParam("status") String status,
      @QueryParam("owner") String owner,
      @QueryParam("team") String team,
      @QueryParam("verified") String verified,
      @QueryParam("sort") @DefaultValue("name") String sort,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("after") String after) {
    if (!sort.equals("name") && !sort.equals("-updatedAt")) {
      throw DomainException.malformed("error.rest.page.sort", "sort", shortened(sort));
    }
    ItemQuery query =
        new ItemQuery(
            words(q),
            classes(classKey),
            status(status),
            owner(owner),
            team(team),
            verified(verified),
            items.sight(),
            sort.startsWith("-"),
            Requests.limit(limit),
            given(after));
    Page<Item> page = store.list(query);
    return new ItemList(views.items(page.items()), page.next().orElse(null));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:update")
  @Operation(
      value = "Make a configuration item",
      answers = Views.ItemView.class,
      takes = ItemValues.class,
      status = 201)
  public Response create(Map<String, Object> body) {
    Item made = items.create(asked(body), reason(body));
    return Response.created(URI.create("/api/v1/cmdb/items/" + made.key()))
        .tag(Requests.tag(made.version()))
        .entity(views.item(made))
        .build();
  }

  @GET
  @Path("{key}")
  @Operation(
      value = "Read a configuration item, as it is or as it was at a moment",
      answers = Views.ItemView.class)
  public Response read(@PathParam("key") String key, @QueryParam("at") String at) {
    Item item = items.get(key);
    if (at == null || at.isBlank()) {
      return answer(item);
    }
    Instant moment = Requests.instant("at", at);
    Edition then = store.at(List.of(item.id()), moment).get(item.id());
    if (then == null) {
      throw DomainException.notFound("error.cmdb.item.then", "key", item.key());
    }
    return Response.ok(views.past(item, then, moment)).build();
  }

  @PATCH
  @Path("{key}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("cmdb:update")
  @Operation(
      value = "Change a configuration item",
      answers = Views.ItemView.class,
      takes = ItemValues.class)
  public Response change(
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch,
      Map<String, Object> body) {
    // first whether it exists for the caller, then whether it is the version that was seen
    long id = items.get(key).id();
    return answer(items.change(id, Requests.version(ifMatch), asked(body), reason(body)));
  }

  @POST
  @Path("{key}/verification")
  @RequiresPermission("cmdb:update")
  @Operation(value = "Say that what is recorded is true", answers = Views.ItemView.class)
  public Response verify(@PathParam("key") String key, @HeaderParam("If-Match") String ifMatch) {
    long id = items.get(key).id();
    return answer(items.verify(id, Requests.version(ifMatch)));
  }

  @GET
  @Path("{key}/history")
  @Operation(
      value = "List what was changed of a configuration item, the latest first",
      answers = ChangeView.class,
      paged = true)
  public ChangeList history(
      @PathParam("key") String key,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("after") String after) {
    Item item = items.get(key);
    int most = Requests.limit(limit);
    // one more, to see what the last of them changed
    List<Edition> editions = store.history(item.id(), before(after), most + 1);
    Map<Long, String> owners = owners(editions);
    List<ChangeView> changes = new ArrayList<>();
    for (int i = 0; i < Math.min(most, editions.size()); i++) {
      Edition now = editions.get(i);
      Map<String, String> was = i + 1 < editions.size() ? editions.get(i + 1).fields() : Map.of();
      changes.add(
          new ChangeView(
              now.number(),
              now.from(),
              now.by(),
              now.source(),
              now.reason(),
              now.drift(),
              now.away(),
              differences(was, now.fields(), owners)));
    }
    String next = editions.size() > most ? Integer.toString(changes.get(most - 1).edition()) : null;
    return new ChangeList(changes, next);
  }

  private Response answer(Item item) {
    return Response.ok(views.item(item)).tag(Requests.tag(item.version())).build();
  }

  private Map<Long, String> owners(List<Edition> editions) {
    Set<Long> ids = new HashSet<>();
    for (Edition edition : editions) {
      Optional.ofNullable(edition.fields().get(Field.OWNER)).map(Long::valueOf).ifPresent(ids::add);
    }
    return views.personNames(ids);
  }

  private List<Difference> differences(
      Map<String, String> was, Map<String, String> is, Map<Long, String> owners) {
    Set<String> fields = new TreeSet<>(was.keySet());
    fields.addAll(is.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String field : fields) {
      String from = was.get(field);
      String to = is.get(field);
      if (!java.util.Objects.equals(from, to)) {
        differences.add(
            new Difference(field, views.said(field, from, owners), views.said(field, to, owners)));
      }
    }
    return differences;
  }

  private static int before(String after) {
    if (after == null || after.isBlank()) {
      return Integer.MAX_VALUE;
    }
    try {
      return Integer.parseInt(after);
    } catch (NumberFormatException e) {
      throw DomainException.malformed("error.rest.page.cursor");
    }
  }

  /** The body with attributes beside the other fields; null values empty a field. */
  private static Map<String, Object> asked(Map<String, Object> body) {
    Map<String, Object> asked = new TreeMap<>();
    body.forEach(
        (name, value) -> {
          if (VALUES.contains(name)) {
            asked.put(name, value);
          } else if (name.equals("attributes")) {
            attributes(value).forEach(asked::put);
          } else if (!name.equals("reason")) {
            throw DomainException.malformed("error.rest.json.unknown-field", "field", name);
          }
        });
    return asked;
  }

  private static Map<String, Object> attributes(Object value) {
    Map<String, Object> attributes = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, given) -> attributes.put(String.valueOf(name), given));
    } else if (value != null) {
      throw DomainException.malformed("error.rest.json.wrong-type", "field", "attributes");
    }
    for (String name : attributes.keySet()) {
      if (Field.BUILT_IN.contains(name)) {
        throw DomainException.invalid(
            "attributes." + name, "error.cmdb.attribute.unknown", "value", name);
      }
    }
    return attributes;
  }

  private static String reason(Map<String, Object> body) {
    Object reason = body.get("reason");
    if (reason != null && !(reason instanceof String)) {
      throw DomainException.malformed("error.rest.json.wrong-type", "field", "reason");
    }
    return (String) reason;
  }

  private static List<String> words(String q) {
    return q == null ? List.of() : Folded.words(q).stream().limit(MOST_WORDS).toList();
  }

  private Set<String> classes(String key) {
    if (key == null || key.isBlank()) {
      return Set.of();
    }
    Schema now = schema.current();
    if (now.itemClass(key).isEmpty()) {
      throw DomainException.malformed("error.cmdb.class.unknown", "value", shortened(key));
    }
    return now.beneath(key);
  }

  private static Optional<String> status(String status) {
    Optional<String> given = given(status);
    if (given.isPresent() && !Field.statuses().contains(given.get())) {
      throw DomainException.malformed("error.cmdb.choice", "value", shortened(given.get()));
    }
    return given;
  }

  private OptionalLong owner(String username) {
    if (username == null || username.isBlank()) {
      return OptionalLong.empty();
    }
    if (username.equals("me")) {
      return OptionalLong.of(callers.current().person().map(PersonId::value).orElse(-1L));
    }
    return OptionalLong.of(
        people
            .personByUsername(username)
            .map(person -> person.id().value())
            .orElseThrow(
                () ->
                    DomainException.malformed(
                        "error.cmdb.person.unknown", "value", shortened(username))));
  }

  private OptionalLong team(String key) {
    if (key == null || key.isBlank()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        people
            .teamByKey(key)
            .map(team -> team.id().value())
            .orElseThrow(
                () ->
                    DomainException.malformed("error.cmdb.team.unknown", "value", shortened(key))));
  }

  private static Optional<Boolean> verified(String verified) {
    Optional<String> given = given(verified);
    if (given.isPresent() && !Set.of("true", "false").contains(given.get())) {
      throw DomainException.malformed("error.cmdb.choice", "value", shortened(given.get()));
    }
    return given.map(Boolean::valueOf);
  }

  private static Optional<String> given(String text) {
    return Optional.ofNullable(text).filter(t -> !t.isBlank());
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** A page of items. */
  public record ItemList(List<Views.ItemView> items, String next) {}

  /** A page of changes. */
  public record ChangeList(List<ChangeView> items, String next) {}

  /**
   * A change of an item.
   *
   * @param source {@code hand} or the name of a source
   * @param drift whether something controlled was changed without a reason
   * @param away whether it was taken away with it
   */
  public record ChangeView(
      int edition,
      Instant at,
      String by,
      String source,
      String reason,
      boolean drift,
      boolean away,
      List<Difference> changes) {}

  /** A field that became another, absent for empty. */
  public record Difference(String field, String from, String to) {}
}
