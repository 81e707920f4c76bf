/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.talka.rest.OpenApiContributor;

/** The plain servlets of this bundle. */
@Component
public final class PlatformOperations implements OpenApiContributor {
  @Override
  public Map<String, Map<String, Object>> paths() {
    return Map.of(
        "/health/live",
        get("health_live", "Tell whether the server runs", "open", "application/json"),
        "/health/ready",
        get("health_ready", "Tell whether the desk can do its work", "open", "application/json"),
        "/metrics",
        get("metrics", "Show the metrics for Prometheus", "metrics:read", "text/plain"));
  }

  private static Map<String, Object> get(String id, String summary, String access, String media) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", id);
    operation.put("summary", summary);
    operation.put("tags", List.of("operations"));
    operation.put("x-talka-module", "core");
    operation.put("x-talka-permission", access);
    String type = media.equals("text/plain") ? "string" : "object";
    operation.put(
        "responses",
        Map.of(
            "200",
            Map.of(
                "description",
                "Done",
                "content",
                Map.of(media, Map.of("schema", Map.of("type", type)))),
            "default",
            Map.of("$ref", "#/components/responses/Problem")));
    if (access.equals("open")) {
      operation.put("security", List.of());
    }
    return Map.of("get", operation);
  }
}
