/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Audit;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.ticket.internal.explain.ReasonWords;
import org.talka.ticket.internal.explain.TicketAccess;
import org.talka.ticket.internal.explain.Verdict;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * What a person may do with a ticket, and why. Whoever looks must see the ticket, and looking is on
 * record.
 */
@Component(service = TicketAccessResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/access")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("access:explain")
public class TicketAccessResource {
  private final TicketReader reader;
  private final TypeRegistry registry;
  private final TicketAccess access;
  private final ReasonWords words;
  private final People people;
  private final Audit audit;
  private final Translator translator;

  @Activate
  public TicketAccessResource(
      @Reference TicketReader reader,
      @Reference TypeRegistry registry,
      @Reference TicketAccess access,
      @Reference ReasonWords words,
      @Reference People people,
      @Reference Audit audit,
      @Reference Translator translator) {
    this.reader = reader;
    this.registry = registry;
    this.access = access;
    this.words = words;
    this.people = people;
    this.audit = audit;
    this.translator = translator;
  }

  /** What a person may do with a ticket. */
  public record TicketAccessView(
      PersonView person, String key, String subject, List<DeedView> deeds) {}

  /**
   * One thing to do.
   *
   * @param deed see, reply, note, change, transition, assignee or administer
   * @param transition the way that is taken, for transitions alone
   * @param name of the transition, in the caller's language
   * @param reasons a sentence each, in the caller's language
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record DeedView(
      String deed,
      String transition,
      String name,
      String permission,
      boolean allowed,
      List<String> reasons) {}

  @GET
  @Path("{username}")
  @Operation(
      value = "Show what a person may do with a ticket, and why",
      answers = TicketAccessView.class)
  public TicketAccessView get(
      @PathParam("key") String key, @PathParam("username") String username) {
    TicketImage ticket = reader.get(key);
    Person person =
        people
            .personByUsername(username)
            .orElseThrow(() -> DomainException.notFound("error.ticket.access.person"));
    audit.recordAlways(
        "access.explained", "person:" + person.username(), Map.of("ticket", ticket.key()));
    Locale locale = reader.caller().locale();
    return new TicketAccessView(
        TicketViews.person(person),
        ticket.key(),
        ticket.subject(),
        access.of(person.id(), ticket).stream()
            .map(verdict -> view(person, ticket, verdict, locale))
            .toList());
  }

  private DeedView view(Person person, TicketImage ticket, Verdict verdict, Locale locale) {
    return new DeedView(
        verdict.deed().word(),
        verdict.transition().orElse(null),
        verdict.transition().map(key -> name(ticket, key, locale)).orElse(null),
        verdict.permission(),
        verdict.allowed(),
        words.sentences(person.id(), verdict, locale));
  }

  private String name(TicketImage ticket, String transition, Locale locale) {
    String workflow =
        registry.types().find(ticket.type()).map(type -> type.workflow().key()).orElse("");
    return translator.translate(Text.of("transition." + workflow + "." + transition), locale);
  }
}
