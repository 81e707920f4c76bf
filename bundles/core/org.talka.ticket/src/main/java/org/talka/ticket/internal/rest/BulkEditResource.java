/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.ticket.internal.bulk.BulkChange;
import org.talka.ticket.internal.bulk.BulkEdit;
import org.talka.ticket.internal.bulk.BulkEdits;
import org.talka.ticket.internal.bulk.BulkResult;
import org.talka.ticket.internal.bulk.BulkTarget;
import org.talka.ticket.internal.service.TicketReader;

/** One change of many tickets. */
@Component(service = BulkEditResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("bulk-edits")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:update")
public class BulkEditResource {
  private final BulkEdits edits;
  private final TicketReader reader;
  private final Translator translator;

  @Activate
  public BulkEditResource(
      @Reference BulkEdits edits,
      @Reference TicketReader reader,
      @Reference Translator translator) {
    this.edits = edits;
    this.reader = reader;
    this.translator = translator;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Change many tickets", answers = BulkEditView.class, status = 202)
  public Response start(NewBulkEdit asked) {
    if ((asked.tickets() == null) == (asked.q() == null)) {
      throw DomainException.invalid("tickets", "error.ticket.bulk.which");
    }
    BulkChange change = asked.change();
    BulkEdit edit =
        asked.q() == null
            ? edits.start(targets(asked.tickets()), change)
            : edits.start(asked.q(), change);
    return Response.accepted(view(edit))
        .location(URI.create("/api/v1/bulk-edits/" + edit.id()))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(value = "Follow a change of many tickets", answers = BulkEditView.class)
  public BulkEditView read(@PathParam("id") String id) {
    return view(edits.get(id));
  }

  @DELETE
  @Path("{id}")
  @Operation(value = "Stop a change of many tickets", status = 204)
  public Response stop(@PathParam("id") String id) {
    edits.stop(id);
    return Response.noContent().build();
  }

  private static List<BulkTarget> targets(List<Target> tickets) {
    List<BulkTarget> targets = new ArrayList<>();
    for (Target ticket : tickets) {
      if (ticket == null || ticket.key() == null) {
        throw DomainException.invalid("tickets", "error.ticket.field.required");
      }
      targets.add(new BulkTarget(ticket.key(), Optional.ofNullable(ticket.version())));
    }
    return targets;
  }

  private BulkEditView view(BulkEdit edit) {
    // the state first: an end that is seen has all its results
    BulkEdit.State state = edit.state();
    List<BulkResult> results = edit.results();
    return new BulkEditView(
        edit.id(),
        state.name().toLowerCase(Locale.ROOT),
        edit.total(),
        results.size(),
        results.stream().map(this::view).toList());
  }

  private ResultView view(BulkResult result) {
    String message = result.refusal().map(this::words).orElse(null);
    if (result.outcome() == BulkResult.Outcome.FAILED) {
      message = translate(Text.of("error.ticket.bulk.failed"));
    }
    return new ResultView(result.key(), result.outcome().name().toLowerCase(Locale.ROOT), message);
  }

  /** What is wrong with the fields says more than that something is wrong. */
  private String words(DomainException refusal) {
    return refusal.fieldErrors().isEmpty()
        ? translate(refusal.text())
        : String.join(
            " ",
            refusal.fieldErrors().stream()
                .map(error -> error.field() + ": " + translate(error.message()))
                .toList());
  }

  private String translate(Text text) {
    return translator.translate(text, reader.caller().locale());
  }

  /**
   * What to change.
   *
   * @param tickets which; or else {@code q}
   * @param q all tickets that this query finds, at most 500
   * @param changes of {@code assignee}, {@code team}, {@code priority}, {@code impact}, {@code
   *     urgency}; null empties one
   * @param transition taken where the ticket's workflow offers it
   * @param fields values that the transition asks for
   * @param note an internal note on each
   */
  public record NewBulkEdit(
      List<Target> tickets,
      String q,
      Map<String, Object> changes,
      List<String> addTags,
      List<String> removeTags,
      String transition,
      Map<String, Object> fields,
      String note) {
    BulkChange change() {
      return new BulkChange(
          changes == null ? Map.of() : changes,
          words(addTags),
          words(removeTags),
          text(transition),
          fields == null ? Map.of() : fields,
          text(note));
    }

    private static List<String> words(List<String> given) {
      return given == null
          ? List.of()
          : given.stream().filter(Objects::nonNull).map(String::strip).distinct().toList();
    }

    private static Optional<String> text(String given) {
      return Optional.ofNullable(given).filter(text -> !text.isBlank());
    }
  }

  /**
   * A ticket.
   *
   * @param version the one that was seen; a newer one is a conflict; not compared when absent
   */
  public record Target(String key, Long version) {}

  /**
   * How far it is.
   *
   * @param state {@code running}, {@code done} or {@code stopped}
   * @param done tickets that were worked on
   */
  public record BulkEditView(
      String id, String state, int total, int done, List<ResultView> results) {}

  /**
   * What came of one ticket.
   *
   * @param outcome {@code changed}, {@code conflict}, {@code refused} or {@code failed}
   * @param message why not
   */
  public record ResultView(String key, String outcome, String message) {}
}
