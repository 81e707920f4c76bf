/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.talka.rest.OpenApiContributor;

/** Describes the event stream, which is a plain servlet, in the OpenAPI document. */
@Component
public final class StreamOperation implements OpenApiContributor {
  @Override
  public Map<String, Map<String, Object>> paths() {
    Map<String, Object> resume =
        Map.of(
            "name",
            "Last-Event-ID",
            "in",
            "header",
            "required",
            false,
            "description",
            "Resumes after this event; also as the query parameter lastEventId.",
            "schema",
            Map.of("type", "string"));
    Map<String, Object> get =
        Map.of(
            "summary",
            "Follow what happens: tickets the caller may see, the caller's notifications, who is"
                + " at a ticket, modules, the end of the session",
            "operationId",
            "followEvents",
            "x-talka-permission",
            "signed-in",
            "x-talka-module",
            "core",
            "parameters",
            List.of(resume),
            "responses",
            Map.of(
                "200",
                Map.of(
                    "description",
                    "A stream of server-sent events: hello, ticket, notice, presence, modules,"
                        + " session",
                    "content",
                    Map.of("text/event-stream", Map.of("schema", Map.of("type", "string")))),
                "401",
                Map.of("description", "Nobody is signed in")));
    return Map.of("/api/v1/events", Map.of("get", get));
  }
}
