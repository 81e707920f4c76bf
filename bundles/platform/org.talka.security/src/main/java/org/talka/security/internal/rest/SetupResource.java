/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.security.internal.people.Accounts;
import org.talka.security.internal.people.PersonRules;
import org.talka.security.internal.setup.Setup;
import org.talka.security.internal.text.FieldChecks;

/** Creating the first administrator. */
@Component(service = SetupResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("setup")
@Produces(MediaType.APPLICATION_JSON)
public class SetupResource {
  private final Setup setup;

  @Activate
  public SetupResource(@Reference Setup setup) {
    this.setup = setup;
  }

  /** What the set-up page sends. */
  public record Form(
      String token,
      String organisation,
      String username,
      String displayName,
      String email,
      String password,
      String locale) {
    /** Without the secrets, so that they are never logged. */
    @Override
    public String toString() {
      return "Form[" + username + "]";
    }
  }

  /** Who was created. */
  public record Created(String username) {}

  @POST
  @Open
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Create the first administrator with the one-time link's token",
      answers = Created.class,
      status = 201)
  public Response setUp(Form form) {
    FieldChecks checks = new FieldChecks();
    checks.require(form.token() != null, "token", "error.field.missing");
    checks.require(form.username() != null, "username", "error.field.missing");
    checks.require(form.password() != null, "password", "error.field.missing");
    Locale locale =
        form.locale() == null
            ? Locale.ENGLISH
            : PersonRules.locale(checks, "locale", form.locale());
    checks.done();
    setup.withLink(
        form.token(),
        new Setup.Answers(
            form.organisation(),
            form.username(),
            form.displayName(),
            Optional.ofNullable(form.email()),
            form.password(),
            locale));
    return Response.status(Response.Status.CREATED)
        .entity(new Created(Accounts.canonical(form.username())))
        .build();
  }
}
