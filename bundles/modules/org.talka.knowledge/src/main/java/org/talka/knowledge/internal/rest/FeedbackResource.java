/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
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
import org.talka.api.rest.SignedIn;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Feedback;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.FeedbackStore;
import org.talka.knowledge.internal.store.Remark;

/** What readers do with an article and say of it. */
@Component(service = FeedbackResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("articles")
@Produces(MediaType.APPLICATION_JSON)
@SignedIn
public class FeedbackResource {
  private final Feedback feedback;
  private final FeedbackStore store;
  private final Library library;

  @Activate
  public FeedbackResource(
      @Reference Feedback feedback, @Reference FeedbackStore store, @Reference Library library) {
    this.feedback = feedback;
    this.store = store;
    this.library = library;
  }

  /**
   * That somebody opened it.
   *
   * @param way {@code suggestion}, {@code search} or {@code page}
   * @param text what they had looked for; absent for a page
   * @param place {@code portal} or {@code desk}
   */
  public record NewView(String way, String text, String place) {}

  @POST
  @Path("{key}/views")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say that an article was opened, and how somebody came to it", status = 204)
  public Response viewed(@PathParam("key") String key, NewView view) {
    one("way", view.way(), Feedback.WAYS);
    one("place", view.place(), Feedback.PLACES);
    feedback.opened(key, view.way(), view.text() == null ? "" : view.text(), view.place());
    return Response.noContent().build();
  }

  static void one(String field, String value, List<String> known) {
    if (value == null || !known.contains(value)) {
      throw DomainException.invalid(
          field, "error.knowledge.field.choice", "options", String.join(", ", known));
    }
  }

  /** Whether it helped. */
  public record VoteView(Optional<Boolean> helpful) {}

  @GET
  @Path("{key}/vote")
  @Operation(value = "Read one's own vote", answers = VoteView.class)
  public VoteView myVote(@PathParam("key") String key) {
    return new VoteView(feedback.myVote(library.get(key)));
  }

  /** Whether it helped, as somebody says it. */
  public record NewVote(Boolean helpful) {}

  @PUT
  @Path("{key}/vote")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say whether an article helped", status = 204)
  public Response vote(@PathParam("key") String key, NewVote vote) {
    if (vote.helpful() == null) {
      throw DomainException.invalid("helpful", "error.knowledge.field.flag");
    }
    feedback.vote(key, vote.helpful());
    return Response.noContent().build();
  }

  /** A remark of a reader. */
  public record RemarkView(
      String id, String name, String body, int number, Instant writtenAt, boolean done) {}

  @GET
  @Path("{key}/comments")
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "List what readers said of an article, the latest first",
      answers = RemarkView.class,
      paged = true)
  public Page<RemarkView> remarks(
      @PathParam("key") String key,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Article article = library.get(key);
    int most = Request.limit(limit);
    long below = Request.below(after, Long.MAX_VALUE);
    List<Remark> found = store.remarks(article.id(), below, most + 1);
    List<Remark> page = found.size() > most ? found.subList(0, most) : found;
    return new Page<>(
        page.stream().map(FeedbackResource::view).toList(),
        found.size() > most
            ? Optional.of(Long.toString(page.get(most - 1).id()))
            : Optional.empty());
  }

  /** A remark to write. */
  public record NewRemark(String body) {}

  @POST
  @Path("{key}/comments")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Say something of an article to those who write it",
      answers = RemarkView.class,
      status = 201)
  public Response remark(@PathParam("key") String key, NewRemark remark) {
    return Response.status(Response.Status.CREATED)
        .entity(view(feedback.remark(key, remark.body())))
        .build();
  }

  /** Whether a remark is dealt with. */
  public record RemarkChange(Boolean done) {}

  @PATCH
  @Path("{key}/comments/{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission(Reader.WRITE)
  @Operation(value = "Say that a remark is dealt with, or not", answers = RemarkView.class)
  public RemarkView done(
      @PathParam("key") String key, @PathParam("id") String id, RemarkChange change) {
    Article article = library.get(key);
    String unknown = "error.knowledge.remark.unknown";
    if (change.done() == null) {
      throw DomainException.invalid("done", "error.knowledge.field.flag");
    }
    return store
        .done(article.id(), Request.id(id, unknown), change.done())
        .map(FeedbackResource::view)
        .orElseThrow(() -> DomainException.notFound(unknown, "id", id));
  }

  private static RemarkView view(Remark remark) {
    return new RemarkView(
        Long.toString(remark.id()),
        remark.personName(),
        remark.body(),
        remark.number(),
        remark.writtenAt(),
        remark.done());
  }
}
