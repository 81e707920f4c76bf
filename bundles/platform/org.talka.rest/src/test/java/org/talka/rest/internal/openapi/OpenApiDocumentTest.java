/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.talka.rest.OpenApiContributor;
import org.talka.rest.internal.Forgotten;
import org.talka.rest.internal.SlowThings;
import org.talka.rest.internal.Things;
import org.talka.rest.internal.application.Applications;

class OpenApiDocumentTest {
  private static final Applications.Served CORE =
      new Applications.Served(
          "talka.core",
          "core",
          "/api/v1",
          List.of(Things.class, SlowThings.class, Forgotten.class));
  private static final Applications.Served MODULE =
      new Applications.Served("problem", "problem", "/api/v1/problem", List.of(Things.class));

  private final JsonNode document =
      document(List.of(CORE, MODULE), List.of(new PlatformOperations()));

  @Test
  void isOpenApiOfTheRightVersion() {
    assertEquals("3.1.0", document.path("openapi").asText());
    assertFalse(document.path("info").path("title").asText().isBlank());
    assertTrue(document.path("components").path("securitySchemes").has("session"));
    assertTrue(document.path("components").path("securitySchemes").has("token"));
  }

  @Test
  void listsTheOperationsOfTheCoreOfModulesAndOfServlets() {
    assertTrue(document.path("paths").has("/api/v1/things"));
    assertTrue(document.path("paths").has("/api/v1/problem/things/{name}"));
    assertTrue(document.path("paths").has("/health/ready"));
    assertEquals(
        "problem", operation("/api/v1/problem/things", "get").path("x-talka-module").asText());
  }

  @Test
  void saysWhoMayCall() {
    assertEquals("thing:read", access("/api/v1/things", "get"));
    assertEquals("thing:write", access("/api/v1/things", "post"));
    assertEquals("signed-in", access("/api/v1/things/secret/mine", "get"));
    assertEquals("open", access("/api/v1/things/fails/{how}", "get"));
    assertEquals("nobody", access("/api/v1/forgotten", "get"));
    assertEquals(0, operation("/api/v1/things/fails/{how}", "get").path("security").size());
  }

  @Test
  void describesBodiesAndAnswers() {
    JsonNode post = operation("/api/v1/things", "post");
    String body = post.at("/requestBody/content/application~1json/schema/$ref").asText();
    assertEquals("#/components/schemas/NewThing", body);
    assertEquals(
        "#/components/schemas/Thing",
        post.at("/responses/201/content/application~1json/schema/$ref").asText());
    JsonNode thing = document.at("/components/schemas/Thing/properties");
    assertEquals("date-time", thing.at("/at/format").asText());
    assertEquals("string", thing.at("/note/type").asText());
    assertEquals("string", thing.at("/tags/items/type").asText());
    JsonNode list =
        operation("/api/v1/things", "get")
            .at("/responses/200/content/application~1json/schema/properties");
    assertEquals("#/components/schemas/Thing", list.at("/items/items/$ref").asText());
    JsonNode patch = operation("/api/v1/things/{name}", "patch");
    assertTrue(patch.at("/requestBody/content").has("application/merge-patch+json"));
    assertTrue(patch.path("responses").has("428"));
    assertTrue(
        operation("/api/v1/slow/upload", "post")
            .at("/requestBody/content/multipart~1form-data/schema/properties")
            .has("file"));
  }

  @Test
  void describesParameters() {
    JsonNode limit = operation("/api/v1/things", "get").path("parameters").get(0);
    assertEquals("limit", limit.path("name").asText());
    assertEquals("query", limit.path("in").asText());
    assertEquals(50, limit.at("/schema/default").asInt());
  }

  @Test
  void isSoundInItself() {
    Set<String> ids = new HashSet<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation -> {
                          String where = operation.getKey() + " " + path.getKey();
                          JsonNode o = operation.getValue();
                          assertTrue(ids.add(o.path("operationId").asText()), where);
                          assertFalse(o.path("summary").asText().isBlank(), where);
                          assertFalse(o.path("responses").isEmpty(), where);
                          Matcher variable = Pattern.compile("\\{(\\w+)}").matcher(path.getKey());
                          while (variable.find()) {
                            assertTrue(
                                o.path("parameters")
                                    .findValuesAsText("name")
                                    .contains(variable.group(1)),
                                where);
                          }
                        }));
    for (String ref : document.findValuesAsText("$ref")) {
      assertFalse(document.at(ref.substring(1)).isMissingNode(), ref);
    }
  }

  @Test
  void aContributedSchemaReplacesTheClass() {
    OpenApiContributor contributor =
        new OpenApiContributor() {
          @Override
          public Map<String, Map<String, Object>> schemas() {
            return Map.of("NewThing", Map.of("type", "object", "title", "Anything"));
          }
        };
    JsonNode changed = document(List.of(CORE), List.of(contributor));
    assertEquals("Anything", changed.at("/components/schemas/NewThing/title").asText());
  }

  @Test
  void itsTagTellsDocumentsApart() {
    String with = OpenApiDocument.write(List.of(CORE, MODULE), List.of()).tag();
    String without = OpenApiDocument.write(List.of(CORE), List.of()).tag();
    assertNotEquals(with, without);
    assertEquals(without, OpenApiDocument.write(List.of(CORE), List.of()).tag());
  }

  private String access(String path, String method) {
    return operation(path, method).path("x-talka-permission").asText();
  }

  private JsonNode operation(String path, String method) {
    JsonNode operation = document.path("paths").path(path).path(method);
    assertFalse(operation.isMissingNode(), method + " " + path);
    return operation;
  }

  private static JsonNode document(
      List<Applications.Served> applications, List<OpenApiContributor> contributors) {
    try {
      return new ObjectMapper().readTree(OpenApiDocument.write(applications, contributors).json());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
