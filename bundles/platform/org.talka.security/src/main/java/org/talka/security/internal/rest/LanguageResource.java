/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.security.internal.language.Glossary;
import org.talka.security.internal.language.Languages;

/** The languages of the desk; which of them are offered is one of the settings. */
@Component(service = LanguageResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("languages")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("setting:admin")
public class LanguageResource {
  private final Languages languages;
  private final Glossary glossary;

  @Activate
  public LanguageResource(@Reference Languages languages, @Reference Glossary glossary) {
    this.languages = languages;
    this.glossary = glossary;
  }

  /**
   * A language that the desk speaks.
   *
   * @param name as the language calls itself
   * @param own whether it is the desk's own
   * @param renamed how many of its words were renamed
   * @param modules how much of whose words it has, the desk's first
   */
  public record LanguageView(
      String key,
      String name,
      boolean offered,
      boolean own,
      int renamed,
      List<Glossary.Completeness> modules) {}

  @GET
  @Operation(
      value = "List the languages of the desk, and how complete they are",
      answers = LanguageView.class,
      paged = true)
  public Listing<LanguageView> list() {
    List<Locale> offered = languages.offered();
    return Listing.whole(
        languages.spoken().stream()
            .map(
                language ->
                    new LanguageView(
                        language.getLanguage(),
                        language.getDisplayLanguage(language),
                        offered.contains(language),
                        offered.get(0).equals(language),
                        glossary.renamed(language),
                        glossary.completeness(language)))
            .toList());
  }
}
