/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.knowledge.internal.model.Moments;
import org.talka.knowledge.internal.rest.Views.ArticleView;
import org.talka.knowledge.internal.rest.Views.VersionLine;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Editing;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.service.TextDiff;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;

/** What an article said, and when; for those who write. */
@Component(service = VersionResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("articles/{key}/versions")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.WRITE)
public class VersionResource {
  private final Library library;
  private final Editing editing;
  private final ArticleStore store;
  private final Views views;

  @Activate
  public VersionResource(
      @Reference Library library,
      @Reference Editing editing,
      @Reference ArticleStore store,
      @Reference Views views) {
    this.library = library;
    this.editing = editing;
    this.store = store;
    this.views = views;
  }

  @GET
  @Operation(
      value = "List the versions of an article, the newest first; with \"at\" the one seen then",
      answers = VersionLine.class,
      paged = true)
  public Page<VersionLine> list(
      @PathParam("key") String key,
      @QueryParam("at") String at,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Article article = library.get(key);
    int most = Request.limit(limit);
    if (at != null && !at.isBlank()) {
      List<VersionLine> seen =
          store.seenAt(article.id(), instant(at)).stream().map(Views::version).toList();
      return new Page<>(seen, Optional.empty());
    }
    int below = (int) Request.below(after, Integer.MAX_VALUE);
    List<ArticleVersion> found = store.versions(article.id(), below, most + 1);
    List<ArticleVersion> page = found.size() > most ? found.subList(0, most) : found;
    return new Page<>(
        page.stream().map(Views::version).toList(),
        found.size() > most
            ? Optional.of(Integer.toString(page.get(most - 1).number()))
            : Optional.empty());
  }

  private static Instant instant(String text) {
    try {
      return Moments.parse(text);
    } catch (DateTimeException e) {
      throw DomainException.malformed("error.knowledge.instant");
    }
  }

  /**
   * What became of the text from one version to another.
   *
   * @param title both titles, when they differ
   */
  public record DiffView(
      int from, int to, List<LineView> title, List<LineView> summary, List<LineView> body) {}

  /**
   * A line.
   *
   * @param kind {@code same}, {@code added} or {@code removed}
   */
  public record LineView(String kind, String text) {}

  @GET
  @Path("{number}/diff")
  @Operation(
      value = "Compare a version with the one that \"from\" names, or the one it was made from",
      answers = DiffView.class)
  public DiffView diff(
      @PathParam("key") String key,
      @PathParam("number") String number,
      @QueryParam("from") String from) {
    Article article = library.get(key);
    ArticleVersion to = library.version(article, ArticleResource.number(number));
    int base = from == null || from.isBlank() ? to.basedOn() : ArticleResource.number(from);
    ArticleVersion.Words before =
        base == 0
            ? new ArticleVersion.Words("", "", "", "")
            : library.version(article, base).words();
    ArticleVersion.Words after = to.words();
    return new DiffView(
        base,
        to.number(),
        lines(before.title(), after.title()),
        lines(before.summary(), after.summary()),
        lines(before.body(), after.body()));
  }

  private static List<LineView> lines(String before, String after) {
    return TextDiff.of(before, after).stream()
        .map(line -> new LineView(line.kind().name().toLowerCase(Locale.ROOT), line.text()))
        .toList();
  }

  @POST
  @Path("{number}/restore")
  @Operation(value = "Make a draft of an older text", answers = ArticleView.class)
  public Response restore(
      @PathParam("key") String key,
      @PathParam("number") String number,
      @HeaderParam("If-Match") String ifMatch) {
    library.get(key);
    Article article =
        editing.restore(key, ArticleResource.number(number), Request.version(ifMatch));
    return Response.ok(
            views.article(article, library.version(article, article.working().orElseThrow())))
        .tag(new EntityTag(Long.toString(article.version())))
        .build();
  }
}
