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
import java.io.InputStream;
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
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.cmdb.internal.intake.FileRow;
import org.talka.cmdb.internal.intake.HeldRow;
import org.talka.cmdb.internal.intake.ImportFiles;
import org.talka.cmdb.internal.intake.ImportRequest;
import org.talka.cmdb.internal.intake.ImportWorker;
import org.talka.cmdb.internal.intake.Importer;
import org.talka.cmdb.internal.intake.IntakeStore;
import org.talka.cmdb.internal.intake.Outcome;
import org.talka.cmdb.internal.intake.RelationIntake;
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
  private final ImportFiles files;
  private final ImportWorker worker;
  private final IntakeStore store;
  private final Items items;
  private final Views views;
  private final Translator translator;
  private final Callers callers;

  @Activate
  public ImportResource(
      @Reference Importer importer,
      @Reference ImportFiles files,
      @Reference ImportWorker worker,
      @Reference IntakeStore store,
      @Reference Items items,
      @Reference Views views,
      @Reference Translator translator,
      @Reference Callers callers) {
    this.importer = importer;
    this.files = files;
    this.worker = worker;
    this.store = store;
    this.items = items;
    this.views = views;
    this.translator = translator;
    this.callers = callers;
  }

  @POST
  @Path("files")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      value = "Send a file of many rows (the body, CSV or JSON), to be imported afterwards",
      answers = FileView.class,
      status = 201)
  public Response send(@QueryParam("name") String name, InputStream body) {
    importer.requireSight();
    FileRow.Sent sent = files.receive(name, body);
    return Response.status(201)
        .entity(new FileView(Long.toString(sent.id()), sent.name(), sent.columns(), sent.rows()))
        .build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value =
          "Import configuration items or relations, or say what an import would do; a file in the"
              + " background",
      answers = ImportResult.class)
  public ImportResult run(ImportRequest request) {
    Importer.Result result = importer.run(request);
    if (request.file() != null) {
      worker.wake();
    }
    return new ImportResult(
        result.run().map(this::view).orElse(null),
        counts(result.counts()),
        told(result.outcomes()));
  }

  @GET
  @Path("{id}/rows")
  @Operation(
      value = "List what became of the first rows of an import, or would",
      answers = OutcomeView.class,
      paged = true)
  public OutcomeList rows(@PathParam("id") String id) {
    return new OutcomeList(told(importer.outcomes(known(id))));
  }

  @POST
  @Path("{id}/cancellation")
  @Operation(
      value = "Ask an import to end; what it has done by then stays, and can be undone",
      answers = ImportView.class)
  public ImportView cancel(@PathParam("id") String id) {
    Run run = importer.cancel(known(id));
    worker.wake();
    return view(run);
  }

  /** The first rows, those that need a look before the others. */
  private List<OutcomeView> told(List<Outcome> all) {
    List<Outcome> told =
        Stream.of(
                Outcome.Kind.REFUSED,
                Outcome.Kind.QUARANTINED,
                Outcome.Kind.CHANGED,
                Outcome.Kind.CREATED,
                Outcome.Kind.SAME)
            .flatMap(kind -> all.stream().filter(o -> o.kind() == kind))
            .limit(MOST_TOLD)
            .toList();
    return outcomes(told);
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
    return new ImportList(shown.stream().map(this::view).toList(), next);
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
    Run run = importer.undo(known(id));
    worker.wake();
    return view(run);
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
    held.forEach(
        h -> {
          ids.addAll(h.candidates());
          ids.addAll(h.others());
        });
    Map<Long, Item> known = items.visible(ids);
    return new HeldList(
        held.stream()
            .map(
                h ->
                    new HeldView(
                        h.number(),
                        h.values(),
                        refs(h.candidates(), known),
                        refs(h.others(), known)))
            .toList());
  }

  @POST
  @Path("{id}/quarantine/{row}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say what a row in quarantine means", status = 204)
  public Response settle(
      @PathParam("id") String id, @PathParam("row") String row, Meaning meaning) {
    importer.settle(known(id), row(row), named(meaning.item()), named(meaning.target()));
    return Response.noContent().build();
  }

  private Item named(String key) {
    return key == null || key.isBlank() ? null : items.get(key);
  }

  private static List<Views.Ref> refs(List<Long> ids, Map<Long, Item> known) {
    return ids.stream().filter(known::containsKey).map(id -> Views.ref(known.get(id))).toList();
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

  private List<OutcomeView> outcomes(List<Outcome> told) {
    Set<Long> ids = new HashSet<>();
    for (Outcome outcome : told) {
      ids.addAll(outcome.candidates());
      ids.addAll(outcome.others());
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
              name(outcome.row()),
              // a trial gives what it would make numbers of its own
              outcome.item().filter(id -> id > 0).map(ItemKey::of).orElse(null),
              refs(outcome.candidates(), known),
              refs(outcome.others(), known),
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

  /** What a row is about, as it says itself. */
  private static String name(Map<String, String> row) {
    if (row.containsKey(Field.NAME)) {
      return row.get(Field.NAME);
    }
    String source = end(row, RelationIntake.SOURCE);
    String target = end(row, RelationIntake.TARGET);
    return source.isEmpty() && target.isEmpty() ? "" : source + " → " + target;
  }

  private static String end(Map<String, String> row, String prefix) {
    String name = row.get(prefix + Field.NAME);
    return name != null
        ? name
        : row.entrySet().stream()
            .filter(value -> value.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
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

  private ImportView view(Run run) {
    return new ImportView(
        run.id(),
        run.relations() ? "relations" : "items",
        run.dry(),
        run.state().word(),
        run.source(),
        run.classKey(),
        run.by(),
        run.at(),
        run.endedAt().orElse(null),
        run.total(),
        counts(run.counts()),
        run.cancelling() && run.state().open(),
        run.failure().isEmpty()
            ? null
            : translator.translate(Text.of(run.failure()), callers.current().locale()),
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

  /** A file that has arrived. */
  public record FileView(String id, String name, List<String> columns, int rows) {}

  /** What became of rows. */
  public record OutcomeList(List<OutcomeView> items) {}

  /**
   * An import.
   *
   * @param kind {@code items} or {@code relations}
   * @param dryRun whether it only says what would happen
   * @param state {@code waiting}, {@code running}, {@code done}, {@code cancelled}, {@code failed},
   *     {@code undoing} or {@code undone}
   * @param total how many rows there are
   * @param cancelling whether it has been asked to end
   * @param failure why it ended too early
   * @param kept how many items were left as they are when it was undone
   */
  public record ImportView(
      long id,
      String kind,
      boolean dryRun,
      String state,
      String source,
      String classKey,
      String by,
      Instant at,
      Instant endedAt,
      int total,
      CountsView counts,
      boolean cancelling,
      String failure,
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
   * @param candidates the items that it could mean, or the source of a relation
   * @param others the items that the target of a relation could mean
   * @param key the identity key that decided, or the type of a relation
   * @param held fields that were left to a source of more weight, by that source
   */
  public record OutcomeView(
      int number,
      String outcome,
      String name,
      String item,
      List<Views.Ref> candidates,
      List<Views.Ref> others,
      String key,
      List<ItemResource.Difference> changes,
      Map<String, String> held,
      List<String> errors) {}

  /** The rows in quarantine. */
  public record HeldList(List<HeldView> items) {}

  /**
   * A row in quarantine and the items that it could mean.
   *
   * @param others those that the target of a relation could mean
   */
  public record HeldView(
      int number, Map<String, String> values, List<Views.Ref> candidates, List<Views.Ref> others) {}

  /**
   * What a row means.
   *
   * @param item the item's key; absent for a new one; of a relation that of its source
   * @param target the key of the target of a relation
   */
  public record Meaning(String item, String target) {}
}
