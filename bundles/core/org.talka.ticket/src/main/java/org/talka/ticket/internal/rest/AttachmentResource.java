/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.Multipart;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.attachment.FileNames;
import org.talka.ticket.internal.model.Attachment;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Attachments;
import org.talka.ticket.internal.service.TicketReader;

/**
 * Files on a ticket. They are only ever offered for saving; pictures that their bytes prove to be
 * some may be shown in a page, under the type that was proven and not the one that was claimed.
 */
@Component(service = AttachmentResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/attachments")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class AttachmentResource {
  private static final String SANDBOX = "default-src 'none'; sandbox";

  /** Room for the boundaries and headers around the file. */
  private static final int AROUND = 64 * 1024;

  private final Attachments attachments;
  private final TicketReader reader;

  @Activate
  public AttachmentResource(@Reference Attachments attachments, @Reference TicketReader reader) {
    this.attachments = attachments;
    this.reader = reader;
  }

  @GET
  @Operation(value = "List attachments", answers = AttachmentView.class, paged = true)
  public PageAnswer<AttachmentView> list(@PathParam("key") String key) {
    return PageAnswer.whole(
        attachments.of(reader.get(key)).stream().map(AttachmentView::of).toList());
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RequiresPermission("ticket:comment")
  @Operation(
      value = "Attach the file in the part \"file\"",
      answers = AttachmentView.class,
      status = 201)
  public Response add(
      @PathParam("key") String key,
      @HeaderParam("Content-Type") String contentType,
      InputStream body)
      throws IOException {
    Multipart parts =
        Multipart.of(body, contentType, new Multipart.Limits(Attachments.MAX_BYTES + AROUND, 10));
    for (Optional<Multipart.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
      if (part.get().name().equals("file")) {
        Attachment added;
        try (InputStream content = part.get().content()) {
          added =
              attachments.add(
                  key,
                  part.get().fileName().orElse(""),
                  part.get().contentType().orElse(""),
                  content);
        }
        return Response.created(URI.create("/api/v1/tickets/" + key + "/attachments/" + added.id()))
            .entity(AttachmentView.of(added))
            .build();
      }
    }
    throw DomainException.invalid("file", "error.ticket.attachment.part");
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  @Produces(MediaType.WILDCARD)
  @Operation("Download an attachment")
  public Response download(@PathParam("key") String key, @PathParam("id") long id) {
    Attachment file = attachments.get(reader.get(key), id);
    return bytes(file, file.contentType(), FileNames.disposition("attachment", file.name()));
  }

  @GET
  @Path("{id: [0-9]{1,18}}/inline")
  @Produces(MediaType.WILDCARD)
  @Operation("Show a picture")
  public Response inline(@PathParam("key") String key, @PathParam("id") long id) {
    TicketImage ticket = reader.get(key);
    Attachment file = attachments.get(ticket, id);
    String type =
        file.imageType()
            .orElseThrow(
                () -> DomainException.notFound("error.ticket.attachment.unknown", "id", id));
    return bytes(file, type, FileNames.disposition("inline", file.name()));
  }

  private Response bytes(Attachment file, String type, String disposition) {
    InputStream content = attachments.open(file);
    StreamingOutput copy =
        out -> {
          try (content) {
            content.transferTo(out);
          }
        };
    return Response.ok(copy)
        .header("Content-Type", type)
        .header("Content-Length", file.size())
        .header("Content-Disposition", disposition)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", SANDBOX)
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .build();
  }
}
