/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The stylesheet with the organisation's colour and its logo, for everybody: the page of signing in
 * shows them too. Addresses with a digest are for ever; {@code current.css} asks each time.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ui/appearance/*")
public final class LookServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "/ui/appearance/(?:(current)\\.css|([0-9a-f]{16})\\.css|logo-([0-9a-f]{64}))");
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final transient Looks looks;

  @Activate
  public LookServlet(@Reference Looks looks) {
    this.looks = looks;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    Matcher address = ADDRESS.matcher(request.getRequestURI());
    if (!address.matches()) {
      missing(response);
    } else if (address.group(3) != null) {
      logo(address.group(3), request, response);
    } else {
      Look look = looks.current();
      // a page that is a change behind gets what counts now, and keeps it for that page alone
      boolean named = look.version().equals(address.group(2));
      answer(
          request,
          response,
          look.version(),
          named ? FOR_EVER : "no-cache",
          "text/css; charset=utf-8",
          look.css().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void logo(String hash, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Looks.Picture> picture = looks.picture(hash);
    if (picture.isEmpty()) {
      missing(response);
    } else {
      answer(request, response, hash, FOR_EVER, picture.get().mediaType(), picture.get().bytes());
    }
  }

  private static void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      String version,
      String caching,
      String mediaType,
      byte[] body)
      throws IOException {
    String etag = '"' + version + '"';
    response.setHeader("Cache-Control", caching);
    response.setHeader("ETag", etag);
    if (etag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void missing(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
  }
}
