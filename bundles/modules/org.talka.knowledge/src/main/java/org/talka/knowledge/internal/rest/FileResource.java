/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.Upload;
import org.talka.api.security.Caller;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Enclosures;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.store.Enclosure;

/**
 * Files of an article. They are only ever offered for saving; pictures that their bytes prove to be
 * some may be shown in a page.
 */
@Component(service = FileResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("articles/{key}/files")
@Produces(MediaType.APPLICATION_JSON)
public class FileResource {
  private static final String UNKNOWN = "error.knowledge.file.unknown";

  private final Enclosures enclosures;
  private final Library library;

  @Activate
  public FileResource(@Reference Enclosures enclosures, @Reference Library library) {
    this.enclosures = enclosures;
    this.library = library;
  }

  /**
   * A file.
   *
   * @param size in bytes
   * @param image whether it can be shown under {@code …/inline}
   * @param by empty for visitors
   */
  public record FileView(
      String id, String name, int size, boolean image, String by, Instant addedAt) {}

  @GET
  @Open(portal = true)
  @Operation(value = "List the files of an article", answers = FileView.class, paged = true)
  public Page<FileView> list(@PathParam("key") String key) {
    return new Page<>(enclosures.of(key).stream().map(this::view).toList(), Optional.empty());
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "Add the file in the part \"file\" to an article that is being written",
      answers = FileView.class,
      status = 201)
  public Response add(@PathParam("key") String key, Upload upload) {
    Enclosure.Line added = enclosures.add(key, upload.name(), upload.bytes(Enclosures.MAX_BYTES));
    return Response.created(
            URI.create("/api/v1/knowledge/articles/" + key + "/files/" + added.id()))
        .entity(view(added))
        .build();
  }

  @GET
  @Path("{id}")
  @Open(portal = true)
  @Produces(MediaType.WILDCARD)
  @Operation("Download a file")
  public Response download(@PathParam("key") String key, @PathParam("id") String id) {
    return bytes(enclosures.get(key, Request.id(id, UNKNOWN)), "attachment");
  }

  @GET
  @Path("{id}/inline")
  @Open(portal = true)
  @Produces(MediaType.WILDCARD)
  @Operation("Show a picture")
  public Response inline(@PathParam("key") String key, @PathParam("id") String id) {
    Enclosure file = enclosures.get(key, Request.id(id, UNKNOWN));
    if (file.line().pictureType().isEmpty()) {
      throw DomainException.notFound(UNKNOWN, "id", id);
    }
    return bytes(file, "inline");
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Reader.WRITE)
  @Operation(
      value = "Remove a file that readers do not get yet; with knowledge:manage any",
      status = 204)
  public Response remove(@PathParam("key") String key, @PathParam("id") String id) {
    enclosures.remove(key, Request.id(id, UNKNOWN));
    return Response.noContent().build();
  }

  private static Response bytes(Enclosure file, String disposition) {
    String picture = file.line().pictureType();
    String name = URLEncoder.encode(file.line().name(), StandardCharsets.UTF_8).replace("+", "%20");
    return Response.ok(file.content())
        .header("Content-Type", picture.isEmpty() ? "application/octet-stream" : picture)
        .header("Content-Disposition", disposition + "; filename*=UTF-8''" + name)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .build();
  }

  private FileView view(Enclosure.Line file) {
    return new FileView(
        Long.toString(file.id()),
        file.name(),
        file.size(),
        !file.pictureType().isEmpty(),
        // who has not signed in learns of nobody who works here
        library.caller().kind() == Caller.Kind.ANONYMOUS ? "" : file.addedBy(),
        file.addedAt());
  }
}
