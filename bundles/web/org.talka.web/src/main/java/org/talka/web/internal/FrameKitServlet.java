/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * What frames of modules may load of the desk: the script that speaks with it, and its look. The
 * number in the address is the version of the interface.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ui/frame/*")
public final class FrameKitServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String SCRIPT = "/ui/frame/1/talka.js";
  private static final String STYLE = "/ui/frame/1/talka.css";

  private final transient Map<String, Asset> files;

  @Activate
  public FrameKitServlet(@Reference StaticFiles files) {
    this.files =
        Map.of(
            SCRIPT,
            files.asset("frame/talka.js").orElseThrow(),
            STYLE,
            new Asset(MediaTypes.of(STYLE).orElseThrow(), look(files)));
  }

  /** Colours, sizes and elements of the desk. Its fonts are for pages with an origin only. */
  private static byte[] look(StaticFiles files) {
    String tokens = text(files, "css/tokens.css").replaceAll("@font-face\\s*\\{[^}]*}", "");
    return (tokens + text(files, "css/kit.css") + text(files, "frame/talka.css"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(StaticFiles files, String path) {
    return new String(files.asset(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Asset asset = files.get(request.getRequestURI());
    if (asset == null) {
      NotFound.answer(response);
    } else {
      asset.answer(request, response, Reach.FRAME_KIT);
    }
  }
}
