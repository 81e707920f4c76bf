/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.talka.api.security.Callers;
import org.talka.module.ReadinessCheck;
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
  private static final Set<String> EXPECTED = Set.of("database", "rest", "modules");

  private final transient JsonCodec codec = new JsonCodec();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private transient volatile List<ReadinessCheck> checks;

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private transient volatile Callers callers;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      target = "(osgi.http.whiteboard.preprocessor.init.name=talka)")
  private transient volatile Preprocessor door;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().endsWith("/live")) {
      answer(response, true, List.of());
      return;
    }
    List<Checked> checked = check();
    boolean ready = door != null && checked.stream().allMatch(Checked::ready);
    answer(response, ready, seesDetail() ? checked : List.of());
  }

  private List<Checked> check() {
    List<Checked> checked = new ArrayList<>();
    Set<String> absent = new TreeSet<>(EXPECTED);
    for (ReadinessCheck check : checks) {
      checked.add(Checked.of(check));
      absent.remove(check.name());
    }
    absent.forEach(name -> checked.add(new Checked(name, false, Map.of("state", "starting"))));
    return checked;
  }

  private boolean seesDetail() {
    Callers present = callers;
    return present != null && present.current().may("health:read");
  }

  private void answer(HttpServletResponse response, boolean up, List<Checked> checked)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "up" : "down");
    if (!checked.isEmpty()) {
      body.put("checks", checked.stream().map(Checked::json).toList());
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

  private record Checked(String name, boolean ready, Map<String, String> detail) {
    static Checked of(ReadinessCheck check) {
      try {
        return new Checked(check.name(), check.ready(), check.detail());
      } catch (RuntimeException e) {
        return new Checked(check.name(), false, Map.of("trouble", "the check itself failed"));
      }
    }

    Map<String, Object> json() {
      return Map.of("name", name, "status", ready ? "up" : "down", "detail", detail);
    }
  }
}
