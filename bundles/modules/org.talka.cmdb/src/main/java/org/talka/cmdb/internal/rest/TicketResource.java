/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;
import org.talka.cmdb.internal.ticket.Entry;
import org.talka.cmdb.internal.ticket.Entry.Kind;
import org.talka.cmdb.internal.ticket.Matches;
import org.talka.cmdb.internal.ticket.TicketItems;

/** What a ticket has to do with. */
@Component(service = TicketResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("tickets/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class TicketResource {
  private final Tickets tickets;
  private final TicketItems affected;
  private final Items items;
  private final Matches matches;
  private final SchemaStore schema;
  private final People people;

  @Activate
  public TicketResource(
      @Reference Tickets tickets,
      @Reference TicketItems affected,
      @Reference Items items,
      @Reference Matches matches,
      @Reference SchemaStore schema,
      @Reference People people) {
    this.tickets = tickets;
    this.affected = affected;
    this.items = items;
    this.matches = matches;
    this.schema = schema;
    this.people = people;
  }

  @GET
  @Operation(value = "Show what a ticket has to do with", answers = AffectedView.class)
  public AffectedView read(@PathParam("key") String key) {
    return view(tickets.get(key));
  }

  @POST
  @Path("items")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(value = "Name an item on a ticket", answers = AffectedView.class)
  public AffectedView add(@PathParam("key") String key, NamedItem body) {
    Ticket ticket = tickets.get(key);
    if (body.item() == null || body.item().isBlank()) {
      throw DomainException.invalid("item", "error.cmdb.required");
    }
    affected.add(ticket.key(), items.get(body.item()), body.text() == null ? "" : body.text());
    return view(tickets.get(key));
  }

  @DELETE
  @Path("items/{item}")
  @RequiresPermission("ticket:update")
  @Operation(
      value = "Take an item off a ticket, or exclude it if it was computed",
      answers = AffectedView.class)
  public AffectedView remove(@PathParam("key") String key, @PathParam("item") String item) {
    Ticket ticket = tickets.get(key);
    affected.remove(ticket.key(), items.get(item).id());
    return view(tickets.get(key));
  }

  @POST
  @Path("items/{item}/inclusion")
  @RequiresPermission("ticket:update")
  @Operation(value = "Take the exclusion of an item back", answers = AffectedView.class)
  public AffectedView include(@PathParam("key") String key, @PathParam("item") String item) {
    Ticket ticket = tickets.get(key);
    affected.include(ticket.key(), Kind.ITEM, items.get(item).id());
    return view(tickets.get(key));
  }

  @POST
  @Path("contacts")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(
      value = "Name a person or a team that has to know of a ticket",
      answers = AffectedView.class)
  public AffectedView addContact(@PathParam("key") String key, Contact body) {
    Ticket ticket = tickets.get(key);
    Named named = named(body);
    affected.add(ticket.key(), named.kind(), named.id(), named.name());
    return view(ticket);
  }

  @POST
  @Path("contacts/removal")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(
      value = "Take a person or a team off a ticket, or exclude it if it was computed",
      answers = AffectedView.class)
  public AffectedView removeContact(@PathParam("key") String key, Contact body) {
    Ticket ticket = tickets.get(key);
    Named named = named(body);
    affected.remove(ticket.key(), named.kind(), named.id());
    return view(ticket);
  }

  @POST
  @Path("contacts/inclusion")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(value = "Take the exclusion of a person or a team back", answers = AffectedView.class)
  public AffectedView includeContact(@PathParam("key") String key, Contact body) {
    Ticket ticket = tickets.get(key);
    Named named = named(body);
    affected.include(ticket.key(), named.kind(), named.id());
    return view(ticket);
  }

  @POST
  @Path("computation")
  @RequiresPermission("ticket:update")
  @Operation(
      value = "Compute again what follows from the items that were named",
      answers = AffectedView.class)
  public AffectedView compute(@PathParam("key") String key) {
    Ticket ticket = tickets.get(key);
    affected.compute(ticket.key());
    return view(ticket);
  }

  private AffectedView view(Ticket ticket) {
    List<Entry> entries = affected.of(ticket);
    Map<Long, Item> visible = affected.visible(entries);
    Schema now = schema.current();
    List<AffectedItem> found = new ArrayList<>();
    List<AffectedContact> contacts = new ArrayList<>();
    Map<PersonId, Person> persons =
        people.persons(
            entries.stream()
                .filter(entry -> entry.kind() == Kind.PERSON)
                .map(entry -> new PersonId(entry.ref()))
                .toList());
    for (Entry entry : entries) {
      Item item = visible.get(entry.ref());
      if (entry.kind() != Kind.ITEM) {
        contact(entry, persons).ifPresent(contacts::add);
      } else if (item != null) {
        found.add(
            new AffectedItem(
                Views.ref(item),
                now.service(item.classKey()),
                entry.computed(),
                entry.excluded(),
                item.away(),
                entry.by(),
                entry.at()));
      }
    }
    List<TextView> texts =
        affected.unmatched(ticket, entries).stream()
            .map(text -> new TextView(text, matches.of(text).stream().map(Views::ref).toList()))
            .toList();
    return new AffectedView(found, contacts, texts);
  }

  private Optional<AffectedContact> contact(Entry entry, Map<PersonId, Person> persons) {
    if (entry.kind() == Kind.TEAM) {
      return people
          .team(new TeamId(entry.ref()))
          .map(
              team ->
                  new AffectedContact(
                      null, team.key(), team.name(), entry.computed(), entry.excluded()));
    }
    return Optional.ofNullable(persons.get(new PersonId(entry.ref())))
        .map(
            person ->
                new AffectedContact(
                    person.username(),
                    null,
                    person.displayName(),
                    entry.computed(),
                    entry.excluded()));
  }

  private record Named(Kind kind, long id, String name) {}

  private Named named(Contact body) {
    if (body.person() != null && !body.person().isBlank()) {
      Person person =
          people
              .personByUsername(body.person())
              .orElseThrow(
                  () ->
                      DomainException.invalid(
                          "person", "error.cmdb.person.unknown", "value", body.person()));
      return new Named(Kind.PERSON, person.id().value(), person.displayName());
    }
    if (body.team() != null && !body.team().isBlank()) {
      Team team =
          people
              .teamByKey(body.team())
              .orElseThrow(
                  () ->
                      DomainException.invalid(
                          "team", "error.cmdb.team.unknown", "value", body.team()));
      return new Named(Kind.TEAM, team.id().value(), team.name());
    }
    throw DomainException.invalid("person", "error.cmdb.required");
  }

  /**
   * What a ticket has to do with.
   *
   * @param texts what stands in the ticket's field and names no item yet
   */
  public record AffectedView(
      List<AffectedItem> items, List<AffectedContact> contacts, List<TextView> texts) {}

  /**
   * An item on a ticket.
   *
   * @param computed whether it follows from others
   * @param excluded whether somebody said that it does not belong here
   */
  public record AffectedItem(
      Views.Ref item,
      boolean service,
      boolean computed,
      boolean excluded,
      boolean away,
      String by,
      java.time.Instant at) {}

  /** Somebody who has to know: a person, or a team. */
  public record AffectedContact(
      String person, String team, String name, boolean computed, boolean excluded) {}

  /** A text and the items that it may mean. */
  public record TextView(String text, List<Views.Ref> matches) {}

  /**
   * An item to name.
   *
   * @param text what stood for it in the ticket's field
   */
  public record NamedItem(String item, String text) {}

  /** A person by user name, or a team by key. */
  public record Contact(String person, String team) {}
}
