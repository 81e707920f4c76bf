/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.model.Mentioned;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.MarkdownBody;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.Mentions;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.text.Markdown;

/** Shows how a text will look, by the renderer that shows it afterwards. */
@Component(service = MarkdownResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("markdown")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:comment")
public class MarkdownResource {
  private final Markdown markdown;
  private final Mentions mentions;
  private final TicketReader reader;
  private final TicketViews views;

  @Activate
  public MarkdownResource(
      @Reference Markdown markdown,
      @Reference Mentions mentions,
      @Reference TicketReader reader,
      @Reference TicketViews views) {
    this.markdown = markdown;
    this.mentions = mentions;
    this.reader = reader;
    this.views = views;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Preview Markdown", answers = Rendered.class)
  public Rendered render(Source source) {
    if (source.text() == null) {
      throw DomainException.invalid("text", "error.ticket.field.required");
    }
    Refusals refusals = new Refusals();
    String text = MarkdownBody.check(source.text(), BuiltIns.MARKDOWN_MAX, "text", refusals);
    refusals.raise();
    if (source.ticket() == null) {
      return new Rendered(markdown.html(text));
    }
    TicketImage ticket = reader.get(source.ticket());
    boolean internal = NewComment.internal(source.visibility());
    Mentioned mentioned = mentions.in(text, reader.caller(), ticket, internal);
    return new Rendered(
        markdown.html(text, mentions.handles(mentioned, views.names(mentioned.people()))));
  }

  /**
   * A text as it is written.
   *
   * @param ticket where it is to be a comment, so that those who are called in it are shown
   * @param visibility {@code public} when absent, or {@code internal}
   */
  public record Source(String text, String ticket, String visibility) {}

  /**
   * The text as it is shown.
   *
   * @param html sanitised
   */
  public record Rendered(String html) {}
}
