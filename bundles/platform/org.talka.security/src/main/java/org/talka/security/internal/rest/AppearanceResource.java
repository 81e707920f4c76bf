/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.security.internal.look.Look;
import org.talka.security.internal.look.Looks;
import org.talka.security.internal.look.Shades;

/** How the desk looks and what it is called. */
@Component(service = AppearanceResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("appearance")
@Produces(MediaType.APPLICATION_JSON)
public class AppearanceResource {
  private static final int MAX_NAME = 200;
  private static final int MAX_TERM = 60;
  private static final String OWN = "own";
  private static final Set<String> TERMS = Set.of("helpDesk", "serviceDesk", OWN);

  private final Looks looks;

  @Activate
  public AppearanceResource(@Reference Looks looks) {
    this.looks = looks;
  }

  /**
   * What everybody may know, also before signing in.
   *
   * @param name the organisation's
   * @param accent null for the desk's own
   * @param shades what the colour becomes, null for the desk's own
   * @param term {@code helpDesk}, {@code serviceDesk}, {@code own}, or null for the desk's own word
   * @param terms the own word by language
   * @param logo its address, null when there is none
   * @param stylesheet its address
   * @param portal whether people who are not signed in see the portal
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record AppearanceView(
      String name,
      String accent,
      Shades shades,
      String term,
      Map<String, String> terms,
      String logo,
      String stylesheet,
      boolean portal) {
    static AppearanceView of(Look look) {
      return new AppearanceView(
          look.name(),
          look.accent().orElse(null),
          look.accent().map(Shades::of).orElse(null),
          look.term().orElse(null),
          look.terms(),
          look.logo().map(logo -> "/ui/appearance/logo-" + logo.hash()).orElse(null),
          "/ui/appearance/" + look.version() + ".css",
          look.portal());
    }
  }

  /** What an administrator changes; absent stays, null takes the desk's own again. */
  public record AppearanceChanges(
      String name, String accent, String term, Map<String, String> terms, Boolean portal) {}

  @GET
  @Open
  @Operation(value = "Show how the desk looks", answers = AppearanceView.class)
  public Response get() {
    return answer(looks.current());
  }

  @GET
  @Path("shades")
  @RequiresPermission("setting:admin")
  @Operation(value = "Show what a colour would become", answers = Shades.class)
  public Shades shades(@QueryParam("accent") String accent) {
    String colour = accent == null ? "" : accent.toLowerCase(Locale.ROOT);
    if (!Shades.colour(colour)) {
      throw DomainException.invalid("accent", "error.appearance.colour");
    }
    return Shades.of(colour);
  }

  @PATCH
  @RequiresPermission("setting:admin")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      value = "Change how the desk looks",
      answers = AppearanceView.class,
      takes = AppearanceChanges.class)
  public Response change(@HeaderParam("If-Match") String ifMatch, Map<String, Object> body) {
    String seen = version(ifMatch);
    Patch patch = new Patch(body, "name", "accent", "term", "terms", "portal");
    Optional<String> name =
        patch.text("name").map(text -> patch.checks().line("name", text, MAX_NAME));
    Optional<Optional<String>> accent =
        patch
            .removableText("accent")
            .map(colour -> colour.map(text -> text.strip().toLowerCase(Locale.ROOT)));
    accent
        .flatMap(colour -> colour)
        .ifPresent(
            colour ->
                patch.checks().require(Shades.colour(colour), "accent", "error.appearance.colour"));
    Optional<Looks.Term> term = patch.removableText("term").map(kind -> term(patch, kind));
    Optional<Boolean> portal = patch.flag("portal");
    patch.checks().done();
    return answer(looks.change(seen, new Looks.Change(name, accent, term, portal)));
  }

  private static Looks.Term term(Patch patch, Optional<String> kind) {
    Map<String, String> words = new LinkedHashMap<>();
    kind.ifPresent(
        key -> patch.checks().require(TERMS.contains(key), "term", "error.appearance.term"));
    if (kind.equals(Optional.of(OWN))) {
      Map<String, Optional<String>> sent = patch.removableTexts("terms").orElse(Map.of());
      for (String language : java.util.List.of("en", "lv")) {
        String word = sent.getOrDefault(language, Optional.empty()).orElse("");
        words.put(language, patch.checks().line("terms." + language, word, MAX_TERM));
      }
    }
    return new Looks.Term(kind, words);
  }

  @PUT
  @Path("logo")
  @RequiresPermission("setting:admin")
  @Consumes(MediaType.WILDCARD)
  @Operation(value = "Set the logo: a PNG, JPEG or WebP", answers = AppearanceView.class)
  public Response logo(@HeaderParam("If-Match") String ifMatch, InputStream body)
      throws IOException {
    String seen = version(ifMatch);
    return answer(looks.logo(seen, body.readNBytes(Looks.MAX_LOGO + 1)));
  }

  @DELETE
  @Path("logo")
  @RequiresPermission("setting:admin")
  @Operation(value = "Remove the logo", answers = AppearanceView.class)
  public Response removeLogo(@HeaderParam("If-Match") String ifMatch) {
    return answer(looks.removeLogo(version(ifMatch)));
  }

  private static String version(String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw DomainException.of(ErrorKind.PRECONDITION_REQUIRED, "error.appearance.unseen");
    }
    return ifMatch.strip().replace("\"", "");
  }

  private static Response answer(Look look) {
    return Response.ok(AppearanceView.of(look))
        .tag(new jakarta.ws.rs.core.EntityTag(look.version()))
        .build();
  }
}
