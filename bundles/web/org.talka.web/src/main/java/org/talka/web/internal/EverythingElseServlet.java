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
 * Asked only when no other servlet matches. The bare root is the shell, which Felix HTTP gives to
 * this pattern and not to the empty one, although the servlet specification (12.2) says so. Clients
 * of the API get a problem document (RFC 9457), for instance while the API is still starting;
 * people get a page.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class EverythingElseServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] PROBLEM =
      "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}"
          .getBytes(StandardCharsets.UTF_8);

  private final transient ShellPage page;

  @Activate
  public EverythingElseServlet(@Reference ShellPage page) {
    this.page = page;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().equals("/")) {
      page.answer(request, response);
    } else if (forMachines(request.getRequestURI())) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Cache-Control", "no-store");
      response.setContentType("application/problem+json");
      response.setContentLength(PROBLEM.length);
      response.getOutputStream().write(PROBLEM);
    } else {
      NotFound.answer(response);
    }
  }

  private static boolean forMachines(String uri) {
    return uri.equals("/api")
        || uri.startsWith("/api/")
        || uri.equals("/health")
        || uri.startsWith("/health/")
        || uri.equals("/metrics");
  }
}
