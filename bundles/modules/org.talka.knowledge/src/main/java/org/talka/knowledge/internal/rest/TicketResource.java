/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.knowledge.internal.rest.Views.ArticleLine;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Finder;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.service.Usage;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.Use;
import org.talka.knowledge.internal.store.UseStore;

/** Articles on a ticket: what was used, what may help, and what goes into an answer. */
@Component(service = TicketResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("tickets/{ticket}")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.AGENTS)
public class TicketResource {
  private static final int SUGGESTED = 4;

  private final Tickets tickets;
  private final Library library;
  private final Finder finder;
  private final Usage usage;
  private final UseStore uses;
  private final ArticleStore store;
  private final Views views;

  @Activate
  public TicketResource(
      @Reference Tickets tickets,
      @Reference Library library,
      @Reference Finder finder,
      @Reference Usage usage,
      @Reference UseStore uses,
      @Reference ArticleStore store,
      @Reference Views views) {
    this.tickets = tickets;
    this.library = library;
    this.finder = finder;
    this.usage = usage;
    this.uses = uses;
    this.store = store;
    this.views = views;
  }

  /** What was used on a ticket, and what may help beside it. */
  public record OnTicket(List<UsedView> used, List<HelpView> suggested) {}

  /**
   * An article that was used.
   *
   * @param how {@code linked}, {@code sent} to the requester, or {@code source}: written from it
   * @param number the version that it was then
   * @param reaches whether the requester may read it
   */
  public record UsedView(
      ArticleLine article, String how, int number, String by, Instant at, boolean reaches) {}

  /**
   * An article that may help.
   *
   * @param reaches whether the requester may read it
   */
  public record HelpView(ArticleLine article, boolean reaches) {}

  @GET
  @Operation(
      value = "Show the articles that were used on a ticket, and some that may help",
      answers = OnTicket.class)
  public OnTicket show(@PathParam("ticket") String key) {
    Ticket ticket = tickets.get(key);
    Reader reader = library.reader();
    List<Use> all = uses.ofTicket(ticket.key());
    Map<Long, Article> articles = store.byIds(all.stream().map(Use::article).toList());
    List<Use> seen =
        all.stream()
            .filter(use -> articles.containsKey(use.article()))
            .filter(use -> reader.sees(articles.get(use.article())))
            .toList();
    String about = ticket.subject() + "\n" + ticket.description();
    String language = library.caller().locale().getLanguage();
    Set<Long> used = seen.stream().map(Use::article).collect(Collectors.toSet());
    List<Article> help =
        finder.suggest(about, reader, language, SUGGESTED + used.size()).stream()
            .filter(article -> !used.contains(article.id()))
            .limit(SUGGESTED)
            .toList();
    List<Article> both = new ArrayList<>(help);
    seen.forEach(use -> both.add(articles.get(use.article())));
    Map<String, ArticleLine> lines =
        views.lines(both).stream()
            .collect(Collectors.toMap(ArticleLine::key, Function.identity(), (a, b) -> a));
    Reader requester = usage.requester(ticket);
    return new OnTicket(
        seen.stream().map(use -> used(use, articles.get(use.article()), lines, requester)).toList(),
        help.stream()
            .map(article -> new HelpView(lines.get(article.key()), requester.sees(article)))
            .toList());
  }

  private UsedView used(
      Use use, Article article, Map<String, ArticleLine> lines, Reader requester) {
    return new UsedView(
        lines.get(article.key()),
        use.how(),
        use.number(),
        use.usedBy(),
        use.usedAt(),
        requester.sees(article));
  }

  @PUT
  @Path("articles/{key}")
  @Operation(value = "Link an article with the ticket", status = 204)
  public Response link(@PathParam("ticket") String ticket, @PathParam("key") String key) {
    usage.link(key, ticket);
    return Response.noContent().build();
  }

  @DELETE
  @Path("articles/{key}")
  @Operation(value = "Remove the link of an article with the ticket", status = 204)
  public Response unlink(@PathParam("ticket") String ticket, @PathParam("key") String key) {
    usage.unlink(key, ticket);
    return Response.noContent().build();
  }

  /**
   * What should go into an answer.
   *
   * @param visibility {@code public} for a reply, {@code internal} for a note
   * @param whole the article's text, not only a pointer to it
   */
  public record NewInsertion(String article, String visibility, boolean whole) {}

  @POST
  @Path("insertions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Get the words that put an article into an answer, and remember its use",
      answers = Usage.Insertion.class)
  public Usage.Insertion insert(@PathParam("ticket") String ticket, NewInsertion wanted) {
    boolean internal = "internal".equals(wanted.visibility());
    if (!internal && !"public".equals(wanted.visibility())) {
      throw DomainException.invalid(
          "visibility", "error.knowledge.field.choice", "options", "public, internal");
    }
    if (wanted.article() == null) {
      throw DomainException.invalid("article", "error.knowledge.field.required");
    }
    return usage.insert(wanted.article(), ticket, internal, wanted.whole());
  }
}
