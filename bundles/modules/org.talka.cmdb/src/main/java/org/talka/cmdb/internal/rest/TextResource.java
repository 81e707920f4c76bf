/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.ticket.FreeTexts;
import org.talka.cmdb.internal.ticket.Matches;
import org.talka.cmdb.internal.ticket.Matching;
import org.talka.cmdb.internal.ticket.MatchingStore;
import org.talka.cmdb.internal.ticket.Matchings;

/** Texts on tickets that name no item, and the items that take their place. */
@Component(service = TextResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("texts")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:update")
public class TextResource {
  private static final int MOST_TEXTS = 100;
  private static final int EXAMPLES = 3;
  private static final int MOST_MATCHES = 20;

  private final FreeTexts texts;
  private final Matches matches;
  private final Matchings matchings;
  private final MatchingStore store;
  private final Items items;
  private final Callers callers;

  @Activate
  public TextResource(
      @Reference FreeTexts texts,
      @Reference Matches matches,
      @Reference Matchings matchings,
      @Reference MatchingStore store,
      @Reference Items items,
      @Reference Callers callers) {
    this.texts = texts;
    this.matches = matches;
    this.matchings = matchings;
    this.store = store;
    this.items = items;
    this.callers = callers;
  }

  @GET
  @Operation(
      value =
          "List texts on tickets that the caller may change and that name no item, with items that"
              + " they may mean",
      answers = TextList.class)
  public TextList list(@QueryParam("skipped") @DefaultValue("false") boolean skipped) {
    items.requireSight();
    FreeTexts.Found found = texts.find();
    Set<String> left = store.skipped();
    List<FreeTexts.FreeText> wanted =
        found.texts().stream().filter(text -> left.contains(text.key()) == skipped).toList();
    return new TextList(
        wanted.stream().limit(MOST_TEXTS).map(this::view).toList(),
        found.more() || wanted.size() > MOST_TEXTS,
        (int) found.texts().stream().filter(text -> left.contains(text.key())).count());
  }

  private TextView view(FreeTexts.FreeText text) {
    return new TextView(
        text.text(),
        text.tickets(),
        text.places().stream().map(FreeTexts.Place::ticket).distinct().limit(EXAMPLES).toList(),
        matches.of(text.text()).stream().map(Views::ref).toList());
  }

  @POST
  @Path("skips")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say that a text means no item", status = 204)
  public Response skip(NamedText body) {
    matchings.skip(body.text());
    return Response.noContent().build();
  }

  @DELETE
  @Path("skips")
  @Operation(value = "Offer a text again", status = 204)
  public Response show(@QueryParam("text") String text) {
    matchings.show(text);
    return Response.noContent().build();
  }

  @GET
  @Path("matches")
  @Operation(
      value = "List the items that the caller has put in the place of texts, the latest first",
      answers = MatchView.class,
      paged = true)
  public MatchList matched() {
    List<Matching> all = store.of(callers.current().username(), MOST_MATCHES);
    Map<Long, Item> known =
        items.visible(all.stream().map(Matching::item).collect(Collectors.toSet()));
    return new MatchList(all.stream().map(m -> view(m, known.get(m.item()))).toList());
  }

  @POST
  @Path("matches")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Begin to put an item in the place of a text on all tickets that have it",
      answers = MatchView.class,
      status = 201)
  public Response match(NamedText body) {
    if (body.text() == null || body.text().isBlank()) {
      throw DomainException.invalid("text", "error.cmdb.required");
    }
    if (body.item() == null || body.item().isBlank()) {
      throw DomainException.invalid("item", "error.cmdb.required");
    }
    Item item = items.get(body.item());
    return Response.status(201).entity(view(matchings.start(body.text(), item), item)).build();
  }

  @POST
  @Path("matches/{id}/cancellation")
  @Operation(
      value = "Leave the tickets alone that it did not get to yet",
      answers = MatchView.class)
  public MatchView cancel(@PathParam("id") String id) {
    return view(matchings.cancel(known(id)));
  }

  @POST
  @Path("matches/{id}/undo")
  @Operation(
      value = "Begin to put a text back where the item still stands for it",
      answers = MatchView.class)
  public MatchView undo(@PathParam("id") String id) {
    return view(matchings.undo(known(id)));
  }

  private static long known(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.match.unknown");
    }
  }

  private MatchView view(Matching matching) {
    return view(matching, items.visible(Set.of(matching.item())).get(matching.item()));
  }

  private static MatchView view(Matching matching, Item item) {
    return new MatchView(
        matching.id(),
        matching.text(),
        item == null ? null : Views.ref(item),
        matching.at(),
        matching.state().word(),
        matching.total(),
        matching.done(),
        matching.refused(),
        matching.kept());
  }

  /**
   * Texts that name no item, what most tickets have first.
   *
   * @param more whether there are more than are listed
   * @param skipped how many texts are said to mean no item
   */
  public record TextList(List<TextView> items, boolean more, int skipped) {}

  /**
   * A text.
   *
   * @param tickets how many have it
   * @param examples some of them
   * @param candidates items that it may mean
   */
  public record TextView(
      String text, int tickets, List<String> examples, List<Views.Ref> candidates) {}

  /**
   * A text and what it means.
   *
   * @param item the key of an item
   */
  public record NamedText(String text, String item) {}

  /** The caller's own. */
  public record MatchList(List<MatchView> items) {}

  /**
   * An item in the place of a text.
   *
   * @param state {@code running}, {@code done}, {@code cancelled}, {@code stopped} when nobody can
   *     go on in the caller's name, {@code undoing} or {@code undone}
   * @param total on how many tickets
   * @param refused how many of them could not be changed
   * @param kept after it was undone: how many had been changed since and were left alone
   */
  public record MatchView(
      long id,
      String text,
      Views.Ref item,
      Instant at,
      String state,
      int total,
      int done,
      int refused,
      int kept) {}
}
