/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Caller;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.rest.Views.ArticleLine;
import org.talka.knowledge.internal.rest.Views.ArticleView;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.service.ArticleValues;
import org.talka.knowledge.internal.service.Editing;
import org.talka.knowledge.internal.service.Editors;
import org.talka.knowledge.internal.service.Finder;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.service.Origins;
import org.talka.knowledge.internal.service.Owners;
import org.talka.knowledge.internal.service.Shelves;
import org.talka.knowledge.internal.service.Translations;
import org.talka.knowledge.internal.service.Usage;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleVersion;

/** Articles: found, read, written, and taken from draft to published. */
@Component(service = ArticleResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("articles")
@Produces(MediaType.APPLICATION_JSON)
public class ArticleResource {
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final List<String> STATES =
      List.of("draft", "in-review", "approved", "published", "retired");

  private final Library library;
  private final Finder finder;
  private final Editing editing;
  private final Origins origins;
  private final Shelves shelves;
  private final Usage usage;
  private final Translations translations;
  private final Editors editors;
  private final Owners owners;
  private final Views views;

  @Activate
  public ArticleResource(
      @Reference Library library,
      @Reference Finder finder,
      @Reference Editing editing,
      @Reference Origins origins,
      @Reference Shelves shelves,
      @Reference Usage usage,
      @Reference Translations translations,
      @Reference Editors editors,
      @Reference Owners owners,
      @Reference Views views) {
    this.library = library;
    this.finder = finder;
    this.editing = editing;
    this.origins = origins;
    this.shelves = shelves;
    this.usage = usage;
    this.translations = translations;
    this.editors = editors;
    this.owners = owners;
    this.views = views;
  }

  @GET
  @Open(portal = true, search = true)
  @Operation(
      value = "List articles, the latest changed first; or search them, the best finds first",
      answers = ArticleLine.class,
      paged = true)
  public Page<ArticleLine> list(
      @QueryParam("q") String q,
      @QueryParam("category") String category,
      @QueryParam("kind") String kind,
      @QueryParam("audience") String audience,
      @QueryParam("language") String language,
      @QueryParam("state") String state,
      @QueryParam("show") String show,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int most = Request.limit(limit);
    Filter filter = show(show);
    filter = Filter.and(filter, one("kind", kind, ArticleValues.KINDS));
    filter = Filter.and(filter, one("audience", audience, Audience.words()));
    filter = Filter.and(filter, one("state", state, STATES));
    if (language != null && !language.isBlank()) {
      filter = Filter.and(filter, new Filter.Is("language", language));
    }
    if (category != null && !category.isBlank()) {
      filter =
          Filter.and(
              filter, shelves.below(Request.id(category, "error.knowledge.category.unknown")));
    }
    Page<Article> page =
        q == null || q.isBlank()
            ? library.list(filter, most, after)
            : finder.search(q, filter, most, after);
    return new Page<>(views.lines(page.items()), page.next());
  }

  /** What somebody who looks after articles asks for. */
  private Filter show(String show) {
    if (show == null || show.isBlank()) {
      return new Filter.All();
    }
    String me = library.caller().person().map(id -> Long.toString(id.value())).orElse("0");
    Reader reader = library.reader();
    return switch (show) {
      case "live" -> reader.live();
      case "mine" -> new Filter.Is("owner", me);
      case "to-review" -> new Filter.Is("working", "in-review");
      case "to-publish" -> new Filter.Is("working", "approved");
      case "drafts" -> new Filter.Is("working", "draft");
      case "overdue" ->
          Filter.and(
              new Filter.Is("state", "published"),
              new Filter.Between("reviewDue", null, Long.toString(reader.today().toEpochDay())));
      case "orphaned" -> owners.gone();
      default ->
          throw DomainException.malformed(
              "error.knowledge.choice",
              "field",
              "show",
              "options",
              "live, mine, to-review, to-publish, drafts, overdue, orphaned");
    };
  }

  private static Filter one(String field, String value, List<String> known) {
    if (value == null || value.isBlank()) {
      return new Filter.All();
    }
    if (!known.contains(value)) {
      throw DomainException.malformed(
          "error.knowledge.choice", "field", field, "options", String.join(", ", known));
    }
    return new Filter.Is(field, value);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "Begin an article; with \"fromTicket\" out of what was said on a ticket",
      answers = ArticleView.class,
      status = 201)
  public Response create(Map<String, Object> values) {
    Article article = origins.create(values);
    return Response.created(URI.create("/api/v1/knowledge/articles/" + article.key()))
        .tag(tag(article))
        .entity(working(article))
        .build();
  }

  @GET
  @Path("{key}")
  @Open(portal = true)
  @Operation(
      value =
          "Read an article: what is published, or the version that \"version\" names;"
              + " with \"in\" its translation into a language, if there is one",
      answers = ArticleView.class)
  public Response read(
      @PathParam("key") String key,
      @QueryParam("version") String version,
      @QueryParam("in") String language) {
    Article article = library.get(key);
    if (language != null && (version == null || version.isBlank())) {
      article = translations.in(article, language);
    }
    ArticleVersion text;
    if (version == null || version.isBlank()) {
      text = library.leading(article);
    } else if (version.equals("working")) {
      text =
          article.working().isPresent()
              ? library.version(article, article.working().get())
              : library.leading(article);
    } else {
      text = library.version(article, number(version));
    }
    return Response.ok(views.article(article, text)).tag(tag(article)).build();
  }

  /**
   * A use.
   *
   * @param how {@code linked}, {@code sent} or {@code source}
   */
  public record UseView(
      String ticket, String subject, String how, int number, String by, Instant at) {}

  @GET
  @Path("{key}/uses")
  @RequiresPermission(Reader.AGENTS)
  @Operation(
      value = "List the tickets on which an article was used, the latest first, up to 50",
      answers = UseView.class,
      paged = true)
  public Page<UseView> uses(@PathParam("key") String key) {
    return new Page<>(
        usage.of(library.get(key)).stream()
            .map(
                on ->
                    new UseView(
                        on.ticket().key(),
                        on.ticket().subject(),
                        on.use().how(),
                        on.use().number(),
                        on.use().usedBy(),
                        on.use().usedAt()))
            .toList(),
        Optional.empty());
  }

  @PATCH
  @Path("{key}")
  @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "Change an article; a change of its text goes into the draft",
      answers = ArticleView.class)
  public Response change(
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch,
      Map<String, Object> values) {
    library.get(key);
    return answer(editing.change(key, Request.version(ifMatch), values));
  }

  /** Who else is writing the article now, by name. */
  public record WritersView(List<String> others) {}

  @POST
  @Path("{key}/editing")
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "Say that one is writing the article, every ten seconds; hear who else is",
      answers = WritersView.class)
  public WritersView writes(@PathParam("key") String key) {
    Article article = library.get(key);
    Caller caller = library.caller();
    return new WritersView(editors.writes(article.id(), caller.username(), caller.displayName()));
  }

  @DELETE
  @Path("{key}/editing")
  @RequiresPermission(Reader.WRITE)
  @Operation(value = "Say that one has stopped writing the article", status = 204)
  public Response leaves(@PathParam("key") String key) {
    editors.leaves(library.get(key).id(), library.caller().username());
    return Response.noContent().build();
  }

  /**
   * A step.
   *
   * @param step one of those that {@code can} lists
   * @param note why, for whoever comes next
   */
  public record NewStep(String step, String note) {}

  @POST
  @Path("{key}/steps")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "Take an article a step further: submit, approve, publish, …",
      answers = ArticleView.class)
  public Response step(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, NewStep wanted) {
    library.get(key);
    Step step =
        Step.of(String.valueOf(wanted.step()))
            .filter(known -> known != Step.EDIT)
            .orElseThrow(() -> DomainException.invalid("step", "error.knowledge.step.unknown"));
    return answer(editing.step(key, step, wanted.note(), Request.version(ifMatch)));
  }

  private Response answer(Article article) {
    return Response.ok(working(article)).tag(tag(article)).build();
  }

  /** With the text that is being worked on, if there is one. */
  private ArticleView working(Article article) {
    int number = article.working().or(article::published).orElseThrow();
    return views.article(article, library.version(article, number));
  }

  static int number(String number) {
    if (number.matches("[0-9]{1,9}")) {
      return Integer.parseInt(number);
    }
    throw DomainException.notFound("error.knowledge.number", "number", number);
  }

  private static EntityTag tag(Article article) {
    return new EntityTag(Long.toString(article.version()));
  }
}
