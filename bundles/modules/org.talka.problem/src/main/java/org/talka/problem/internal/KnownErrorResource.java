/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.text.MarkdownRenderer;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketLink;
import org.talka.api.ticket.Tickets;

/** Known errors with their workarounds, and who has received which edition. */
@Component(service = KnownErrorResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=problem)")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class KnownErrorResource {
  private final Tickets tickets;
  private final ProblemStore store;
  private final MarkdownRenderer markdown;

  @Activate
  public KnownErrorResource(
      @Reference Tickets tickets,
      @Reference ProblemStore store,
      @Reference MarkdownRenderer markdown) {
    this.tickets = tickets;
    this.store = store;
    this.markdown = markdown;
  }

  @GET
  @Path("known-errors")
  @Operation(
      value = "List known errors, the latest changed first",
      answers = KnownError.class,
      paged = true)
  public Page<KnownError> knownErrors(
      @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") String after) {
    Filter known =
        Filter.and(new Filter.Is("type", "problem"), new Filter.Is("knownError", "true"));
    Page<Ticket> page = tickets.list(known, "-updatedAt", limit, after);
    Map<String, Integer> incidents =
        store.incidents(page.items().stream().map(Ticket::key).toList());
    List<KnownError> items =
        page.items().stream()
            .map(problem -> knownError(problem, incidents.getOrDefault(problem.key(), 0)))
            .toList();
    return new Page<>(items, page.next());
  }

  @GET
  @Path("incidents/{key}")
  @Operation(
      value = "Show the problems behind an incident and what its requester was sent",
      answers = Behind.class)
  public Behind behind(@PathParam("key") String key) {
    Ticket incident = tickets.get(key);
    List<Cause> causes = new ArrayList<>();
    List<Delivery> deliveries = store.deliveriesOf(incident.key());
    for (TicketLink link : tickets.links(incident.key())) {
      if (!link.outgoing() && link.type().equals(Workarounds.CAUSES)) {
        causes.add(cause(link.other(), deliveries));
      }
    }
    return new Behind(causes);
  }

  @GET
  @Path("problems/{key}")
  @Operation(
      value = "Show a problem's incidents and the published edition of its workaround",
      answers = ProblemView.class)
  public ProblemView problem(@PathParam("key") String key) {
    Ticket problem = tickets.get(key);
    List<LinkedIncident> incidents =
        tickets.links(problem.key()).stream()
            .filter(link -> link.outgoing() && link.type().equals(Workarounds.CAUSES))
            .map(TicketLink::other)
            .map(
                incident ->
                    new LinkedIncident(
                        incident.key(),
                        incident.subject(),
                        incident.state(),
                        incident.category().open()))
            .toList();
    Edition published = store.latest(problem.key()).map(KnownErrorResource::edition).orElse(null);
    return new ProblemView(incidents, published);
  }

  private Cause cause(Ticket problem, List<Delivery> deliveries) {
    String workaround = Workarounds.workaroundOf(problem);
    Optional<Publication> latest = store.latest(problem.key());
    Optional<Delivery> delivery =
        deliveries.stream().filter(d -> d.problem().equals(problem.key())).findFirst();
    return new Cause(
        problem.key(),
        problem.subject(),
        Boolean.TRUE.equals(problem.fields().get("knownError")),
        workaround,
        markdown.html(workaround),
        latest.map(KnownErrorResource::edition).orElse(null),
        delivery.map(d -> new Sent(d.edition(), d.deliveredAt())).orElse(null));
  }

  private KnownError knownError(Ticket problem, int incidents) {
    String workaround = Workarounds.workaroundOf(problem);
    return new KnownError(
        problem.key(),
        problem.subject(),
        problem.state(),
        workaround,
        markdown.html(workaround),
        Boolean.TRUE.equals(problem.fields().get("knownErrorPublic")),
        incidents,
        problem.updatedAt());
  }

  private static Edition edition(Publication publication) {
    return new Edition(publication.edition(), publication.publishedBy(), publication.publishedAt());
  }

  /** A known error as lists show it. */
  public record KnownError(
      String key,
      String subject,
      String state,
      String workaround,
      String workaroundHtml,
      boolean portal,
      int incidents,
      Instant updatedAt) {}

  /** The problems behind an incident. */
  public record Behind(List<Cause> items) {}

  /** One of them, with the published edition and the one that the requester has. */
  public record Cause(
      String key,
      String subject,
      boolean knownError,
      String workaround,
      String workaroundHtml,
      Edition published,
      Sent sent) {}

  /** A published edition of a workaround. */
  public record Edition(int edition, String by, Instant at) {}

  /** What the requester was sent. */
  public record Sent(int edition, Instant at) {}

  /** A problem's incidents and the published edition, if any. */
  public record ProblemView(List<LinkedIncident> incidents, Edition published) {}

  /** An incident that the problem causes. */
  public record LinkedIncident(String key, String subject, String state, boolean open) {}
}
