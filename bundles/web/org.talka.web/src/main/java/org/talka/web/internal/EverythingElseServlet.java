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
 * this pattern and not to the empty one, although the servlet specification (12.2) says so. People
 * get a page, clients of the API a problem document (RFC 9457). What belongs to the API comes here
 * only while that is not there yet, and will be there in a moment: who keeps a page open over a
 * restart must not read that a ticket is gone.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class EverythingElseServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String API = "/api/v1/";
  private static final String SOON = "1";

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
      if (request.getRequestURI().startsWith(API)) {
        response.setHeader("Retry-After", SOON);
        answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");
      } else {
        answer(response, HttpServletResponse.SC_NOT_FOUND, "Not Found");
      }
    } else {
      NotFound.answer(response);
    }
  }

  private static void answer(HttpServletResponse response, int status, String title)
      throws IOException {
    byte[] problem =
        ("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + "}")
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(problem.length);
    response.getOutputStream().write(problem);
  }

  private static boolean forMachines(String uri) {
    return uri.equals("/api")
        || uri.startsWith("/api/")
        || uri.equals("/health")
        || uri.startsWith("/health/")
        || uri.equals("/metrics");
  }
}
