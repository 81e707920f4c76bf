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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.text.Translator;
import org.talka.cmdb.internal.intake.HeldRow;
import org.talka.cmdb.internal.intake.ImportRequest;
import org.talka.cmdb.internal.intake.Importer;
import org.talka.cmdb.internal.intake.IntakeStore;
import org.talka.cmdb.internal.intake.Outcome;
import org.talka.cmdb.internal.intake.Run;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.Items;

/** Imports of configuration items. */
@Component(service = ImportResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("imports")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:import")
public class ImportResource {
  /** So many rows are told; those that need a look come first. */
  private static final int MOST_TOLD = 200;

  private final Importer importer;
  private final IntakeStore store;
  private final Items items;
  private final Views views;
  private final Translator translator;
  private final Callers callers;

  @Activate
  public ImportResource(
      @Reference Importer importer,
      @Reference IntakeStore store,
      @Reference Items items,
      @Reference Views views,
      @Reference Translator translator,
      @Reference Callers callers) {
    this.importer = importer;
    this.store = store;
    this.items = items;
    this.views = views;
    this.translator = translator;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Import configuration items, or say what an import would do",
      answers = ImportResult.class)
  public ImportResult run(ImportRequest request) {
    Importer.Result result = importer.run(request);
    List<Outcome> told =
        Stream.of(
                Outcome.Kind.REFUSED,
                Outcome.Kind.QUARANTINED,
                Outcome.Kind.CHANGED,
                Outcome.Kind.CREATED,
                Outcome.Kind.SAME)
            .flatMap(kind -> result.outcomes().stream().filter(o -> o.kind() == kind))
            .limit(MOST_TOLD)
            .toList();
    boolean kept = result.run().isPresent();
    return new ImportResult(
        result.run().map(ImportResource::view).orElse(null),
        counts(result.counts()),
        outcomes(told, kept));
  }

  @GET
  @Operation(value = "List imports, the latest first", answers = ImportView.class, paged = true)
  public ImportList list(
      @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") String after) {
    int most = Requests.limit(limit);
    List<Run> runs =
        store.runs(after == null || after.isBlank() ? Long.MAX_VALUE : number(after), most + 1);
    List<Run> shown = runs.subList(0, Math.min(most, runs.size()));
    String next = runs.size() > most ? Long.toString(shown.get(most - 1).id()) : null;
    return new ImportList(shown.stream().map(ImportResource::view).toList(), next);
  }

  @GET
  @Path("{id}")
  @Operation(value = "Read an import", answers = ImportView.class)
  public ImportView read(@PathParam("id") String id) {
    return view(importer.get(known(id)));
  }

  @POST
  @Path("{id}/undo")
  @Operation(
      value = "Take an import back, except for what was changed since",
      answers = ImportView.class)
  public ImportView undo(@PathParam("id") String id) {
    return view(importer.undo(known(id)));
  }

  @GET
  @Path("{id}/quarantine")
  @Operation(
      value = "List the rows of an import that mean no item for certain",
      answers = HeldView.class,
      paged = true)
  public HeldList quarantine(@PathParam("id") String id) {
    List<HeldRow.Held> held = importer.held(known(id), MOST_TOLD);
    Set<Long> ids = new HashSet<>();
    held.forEach(h -> ids.addAll(h.candidates()));
    Map<Long, Item> known = items.visible(ids);
    return new HeldList(
        held.stream()
            .map(
                h ->
                    new HeldView(
                        h.number(),
                        h.values(),
                        h.candidates().stream()
                            .filter(known::containsKey)
                            .map(i -> Views.ref(known.get(i)))
                            .toList()))
            .toList());
  }

  @POST
  @Path("{id}/quarantine/{row}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say what a row in quarantine means", status = 204)
  public Response settle(
      @PathParam("id") String id, @PathParam("row") String row, Meaning meaning) {
    Item item =
        meaning.item() == null || meaning.item().isBlank() ? null : items.get(meaning.item());
    importer.settle(known(id), row(row), item);
    return Response.noContent().build();
  }

  @DELETE
  @Path("{id}/quarantine/{row}")
  @Operation(value = "Leave a row in quarantine out", status = 204)
  public Response dismiss(@PathParam("id") String id, @PathParam("row") String row) {
    importer.dismiss(known(id), row(row));
    return Response.noContent().build();
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DomainException.malformed("error.rest.page.cursor");
    }
  }

  private static long known(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.import.unknown");
    }
  }

  private static int row(String row) {
    try {
      return Integer.parseInt(row);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.import.row");
    }
  }

  private List<OutcomeView> outcomes(List<Outcome> told, boolean kept) {
    Set<Long> ids = new HashSet<>();
    for (Outcome outcome : told) {
      ids.addAll(outcome.candidates());
      outcome.item().ifPresent(ids::add);
    }
    Map<Long, Item> known = items.visible(ids);
    Map<Long, String> owners = owners(told);
    List<OutcomeView> rows = new ArrayList<>();
    for (Outcome outcome : told) {
      boolean made = outcome.kind() == Outcome.Kind.CREATED;
      rows.add(
          new OutcomeView(
              outcome.number(),
              outcome.kind().word(),
              outcome.row().getOrDefault("name", ""),
              made && !kept ? null : outcome.item().map(ItemKey::of).orElse(null),
              outcome.candidates().stream()
                  .filter(known::containsKey)
                  .map(id -> Views.ref(known.get(id)))
                  .toList(),
              outcome.key(),
              made
                  ? List.of()
                  : outcome.changes().stream().map(c -> difference(c, owners)).toList(),
              outcome.held(),
              outcome.errors().stream()
                  .map(
                      e ->
                          e.field()
                              + ": "
                              + translator.translate(e.message(), callers.current().locale()))
                  .toList()));
    }
    return rows;
  }

  private ItemResource.Difference difference(Outcome.Change change, Map<Long, String> owners) {
    return new ItemResource.Difference(
        change.field(),
        views.said(change.field(), change.from(), owners),
        views.said(change.field(), change.to(), owners));
  }

  /** The names of all owners that these rows change. */
  private Map<Long, String> owners(List<Outcome> told) {
    return views.personNames(
        told.stream()
            .flatMap(outcome -> outcome.changes().stream())
            .filter(change -> change.field().equals(Field.OWNER))
            .flatMap(change -> Stream.of(change.from(), change.to()))
            .filter(id -> !id.isEmpty())
            .map(Long::valueOf)
            .collect(Collectors.toSet()));
  }

  private static ImportView view(Run run) {
    return new ImportView(
        run.id(),
        run.source(),
        run.classKey(),
        run.by(),
        run.at(),
        counts(run.counts()),
        run.undoneAt().orElse(null),
        run.undoneBy().orElse(null),
        run.kept());
  }

  private static CountsView counts(Run.Counts counts) {
    return new CountsView(
        counts.read(),
        counts.created(),
        counts.changed(),
        counts.same(),
        counts.quarantined(),
        counts.refused());
  }

  /**
   * What an import did, or would.
   *
   * @param run absent for a dry run
   * @param rows the first of them, those that need a look before the others
   */
  public record ImportResult(ImportView run, CountsView counts, List<OutcomeView> rows) {}

  /** A page of imports. */
  public record ImportList(List<ImportView> items, String next) {}

  /**
   * An import.
   *
   * @param kept how many items were left as they are when it was undone
   */
  public record ImportView(
      long id,
      String source,
      String classKey,
      String by,
      Instant at,
      CountsView counts,
      Instant undoneAt,
      String undoneBy,
      int kept) {}

  /** What became of its rows. */
  public record CountsView(
      int read, int created, int changed, int same, int quarantined, int refused) {}

  /**
   * A row.
   *
   * @param outcome {@code created}, {@code changed}, {@code same}, {@code quarantined} or {@code
   *     refused}
   * @param key the identity key that decided
   * @param held fields that were left to a source of more weight, by that source
   */
  public record OutcomeView(
      int number,
      String outcome,
      String name,
      String item,
      List<Views.Ref> candidates,
      String key,
      List<ItemResource.Difference> changes,
      Map<String, String> held,
      List<String> errors) {}

  /** The rows in quarantine. */
  public record HeldList(List<HeldView> items) {}

  /** A row in quarantine and the items that it could mean. */
  public record HeldView(int number, Map<String, String> values, List<Views.Ref> candidates) {}

  /**
   * What a row means.
   *
   * @param item the item's key; absent for a new one
   */
  public record Meaning(String item) {}
}
