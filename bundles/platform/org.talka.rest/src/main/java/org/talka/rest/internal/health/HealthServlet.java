/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.talka.api.security.Callers;
import org.talka.rest.internal.json.JsonCodec;

/**
 * {@code /health/live} and {@code /health/ready}. It answers as soon as there is an HTTP server,
 * long before there is a desk; so everything it asks may be absent, and what must be there and is
 * not counts as down.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/health/live", "/health/ready"})
public final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private final transient JsonCodec codec = new JsonCodec();

  private final transient Readiness readiness;

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private transient volatile Callers callers;

  @Activate
  public HealthServlet(@Reference Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().endsWith("/live")) {
      answer(response, true, List.of());
      return;
    }
    Readiness.Answer now = readiness.now();
    answer(response, now.ready(), seesDetail() ? now.checks() : List.of());
  }

  private boolean seesDetail() {
    Callers present = callers;
    return present != null && present.current().may("health:read");
  }

  private void answer(HttpServletResponse response, boolean up, List<Readiness.Checked> checked)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "up" : "down");
    if (!checked.isEmpty()) {
      body.put("checks", checked.stream().map(HealthServlet::json).toList());
    }
    byte[] json = codec.bytes(body);
    response.setStatus(up ? 200 : 503);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (!up) {
      response.setHeader("Retry-After", "1");
    }
    response.setContentType("application/json");
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  private static Map<String, Object> json(Readiness.Checked checked) {
    return Map.of(
        "name", checked.name(),
        "status", checked.ready() ? "up" : "down",
        "detail", checked.detail());
  }
}
