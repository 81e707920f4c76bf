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
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.cmdb.internal.health.AuditRule;
import org.talka.cmdb.internal.health.AuditRules;
import org.talka.cmdb.internal.item.Items;

/** Rules that items are judged by, and the items that break them. */
@Component(service = AuditRuleResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("audit-rules")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:import")
public class AuditRuleResource {
  private static final int MOST = 200;

  private final AuditRules rules;
  private final Items items;

  @Activate
  public AuditRuleResource(@Reference AuditRules rules, @Reference Items items) {
    this.rules = rules;
    this.items = items;
  }

  @GET
  @Operation(
      value = "List the rules that items are judged by",
      answers = RuleView.class,
      paged = true)
  public RuleList list() {
    return new RuleList(rules.all().stream().map(AuditRuleResource::view).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Make a rule that items are judged by", answers = RuleView.class, status = 201)
  public Response create(NewRule rule) {
    AuditRule made =
        rules.create(rule.name(), rule.classKey(), rule.kind(), rule.subject(), rule.days());
    return Response.status(201).entity(view(made)).build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Remove a rule", status = 204)
  public Response remove(@PathParam("id") String id) {
    rules.remove(known(id));
    return Response.noContent().build();
  }

  @GET
  @Path("{id}/breaches")
  @Operation(
      value = "List the first items that break a rule now",
      answers = Views.Ref.class,
      paged = true)
  public BreachList breaches(@PathParam("id") String id) {
    AuditRule rule = rules.get(known(id));
    return new BreachList(
        rules.breaches(rule, items.sight(), MOST).stream().map(Views::ref).toList());
  }

  private static long known(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.rule.unknown");
    }
  }

  private static RuleView view(AuditRule rule) {
    return new RuleView(
        rule.id(),
        rule.name(),
        rule.classKey(),
        rule.kind().word(),
        rule.subject().isEmpty() ? null : rule.subject(),
        rule.days() == 0 ? null : rule.days());
  }

  /** All rules. */
  public record RuleList(List<RuleView> items) {}

  /** Items that break a rule. */
  public record BreachList(List<Views.Ref> items) {}

  /**
   * A rule.
   *
   * @param kind {@code field}: the subject is a field that must have a value; {@code relation}: a
   *     type of relations that there must be; {@code fresh}: verified or seen within so many days
   */
  public record RuleView(
      long id, String name, String classKey, String kind, String subject, Integer days) {}

  /** A rule to be made, as {@link RuleView}. */
  public record NewRule(String name, String classKey, String kind, String subject, Integer days) {}
}
