/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * What a browser keeps of the desk: how it is installed like an application, and the worker with
 * the page that is shown when the desk can't be reached. Their addresses stay the same in all
 * versions, so they are asked for anew each time.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({OfflineServlet.WORKER, OfflineServlet.PAGE, OfflineServlet.MANIFEST})
public final class OfflineServlet extends HttpServlet {
  static final String WORKER = "/sw.js";
  static final String PAGE = "/offline";
  static final String MANIFEST = "/manifest.webmanifest";

  private static final long serialVersionUID = 1L;

  /** The page may run its own script, and that one may do nothing but ask. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private final transient StaticFiles files;

  @Activate
  public OfflineServlet(@Reference StaticFiles files) {
    this.files = files;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getRequestURI()) {
      case WORKER ->
          answer(
              response,
              "text/javascript",
              "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
              files.page("sw.js"));
      case MANIFEST ->
          answer(
              response,
              "application/manifest+json",
              "default-src 'none'; frame-ancestors 'none'",
              files.page("manifest.webmanifest"));
      case PAGE -> answer(response, "text/html", PAGE_POLICY, files.page("offline.html"));
      default -> NotFound.answer(response);
    }
  }

  private void answer(
      HttpServletResponse response, String mediaType, String policy, String template)
      throws IOException {
    ShellPage.harden(response, policy);
    response.setHeader("Cache-Control", "no-cache");
    response.setContentType(mediaType + "; charset=utf-8");
    byte[] body =
        template
            .replace("{base}", files.base())
            .replace("{hash}", files.base().substring(files.base().lastIndexOf('/') + 1))
            .getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
