/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The shell's own files. An address with another hash is of another version: not found. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ui/s/*")
public final class AssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient StaticFiles files;

  @Activate
  public AssetServlet(@Reference StaticFiles files) {
    this.files = files;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Asset> asset =
        SafePath.below(files.base() + "/", request.getRequestURI()).flatMap(files::asset);
    if (asset.isPresent()) {
      asset.get().answer(request, response, Reach.DESK);
    } else {
      NotFound.answer(response);
    }
  }
}
