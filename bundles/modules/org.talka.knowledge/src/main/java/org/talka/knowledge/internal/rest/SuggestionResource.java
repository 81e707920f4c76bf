/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Page;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.knowledge.internal.rest.Views.ArticleLine;
import org.talka.knowledge.internal.service.Finder;
import org.talka.knowledge.internal.service.Library;

/** What may answer a text while it is being written. */
@Component(service = SuggestionResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("suggestions")
@Produces(MediaType.APPLICATION_JSON)
public class SuggestionResource {
  private static final int MOST = 20;

  private final Finder finder;
  private final Library library;
  private final Views views;

  @Activate
  public SuggestionResource(
      @Reference Finder finder, @Reference Library library, @Reference Views views) {
    this.finder = finder;
    this.library = library;
    this.views = views;
  }

  @GET
  @Open(portal = true, search = true)
  @Operation(
      value = "Suggest published articles for a text",
      answers = ArticleLine.class,
      paged = true)
  public Page<ArticleLine> suggest(
      @QueryParam("text") String text, @QueryParam("limit") String limit) {
    int most = limit == null ? 5 : Math.min(MOST, Request.limit(limit));
    if (text == null || text.isBlank()) {
      return new Page<>(List.of(), Optional.empty());
    }
    String language = library.caller().locale().getLanguage();
    return new Page<>(
        views.lines(finder.suggest(text, library.reader(), language, most)), Optional.empty());
  }
}
