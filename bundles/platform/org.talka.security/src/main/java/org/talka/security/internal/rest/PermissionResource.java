/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.SignedIn;
import org.talka.security.internal.people.PermissionCatalogue;

/** The permissions that the desk and its modules declare. */
@Component(service = PermissionResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("permissions")
@Produces(MediaType.APPLICATION_JSON)
public class PermissionResource {
  private final PermissionCatalogue permissions;

  @Activate
  public PermissionResource(@Reference PermissionCatalogue permissions) {
    this.permissions = permissions;
  }

  /**
   * A permission, named {@code permission.<key>} in the catalogues of words.
   *
   * @param module who declares it
   * @param tokenScope the token scope that carries it, null when none does
   * @param roles how far roles have it unless an administrator decides otherwise
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record PermissionView(
      String key, String module, String tokenScope, Map<String, String> roles) {}

  @GET
  @RequiresPermission("role:read")
  @Operation(value = "List permissions", answers = PermissionView.class, paged = true)
  public Listing<PermissionView> list() {
    return Listing.whole(
        permissions.current().permissions().values().stream()
            .map(
                p ->
                    new PermissionView(
                        p.key(),
                        p.module(),
                        p.tokenScope().orElse(null),
                        Reaches.names(p.defaults())))
            .sorted(java.util.Comparator.comparing(PermissionView::key))
            .toList());
  }

  /** The scopes that a token can have. */
  public record Scopes(Set<String> scopes) {}

  @GET
  @Path("scopes")
  @SignedIn
  @Operation(value = "List the scopes that a token can have", answers = Scopes.class)
  public Scopes scopes() {
    return new Scopes(new TreeSet<>(permissions.current().tokenScopes()));
  }
}
