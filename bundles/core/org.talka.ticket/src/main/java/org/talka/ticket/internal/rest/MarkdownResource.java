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
import org.talka.ticket.internal.rule.MarkdownBody;
import org.talka.ticket.internal.rule.Refusals;
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

  @Activate
  public MarkdownResource(@Reference Markdown markdown) {
    this.markdown = markdown;
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
    return new Rendered(markdown.html(text));
  }

  /** A text as it is written. */
  public record Source(String text) {}

  /**
   * The text as it is shown.
   *
   * @param html sanitised
   */
  public record Rendered(String html) {}
}
