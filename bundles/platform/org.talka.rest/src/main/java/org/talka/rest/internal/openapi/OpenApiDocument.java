/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.talka.rest.OpenApiContributor;
import org.talka.rest.internal.application.Applications;
import org.talka.rest.internal.json.JsonCodec;
import org.talka.rest.internal.problem.ProblemDocument;

/**
 * A written document.
 *
 * @param json as it is sent
 * @param tag equal for equal documents
 */
record OpenApiDocument(byte[] json, String tag) {
  private static final int[] PROBLEMS = {400, 401, 403, 404, 409, 412, 413, 415, 422, 428};

  /** Writes the document of what is in service now. */
  static OpenApiDocument write(
      List<Applications.Served> applications, List<OpenApiContributor> contributors) {
    Map<String, Map<String, Object>> given = new TreeMap<>();
    contributors.forEach(contributor -> given.putAll(contributor.schemas()));
    Schemas schemas = new Schemas(given);
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    Set<String> operationIds = new HashSet<>();
    for (Applications.Served application : applications) {
      ResourceReader reader = new ResourceReader(application, schemas, operationIds);
      application.resources().forEach(resource -> reader.read(resource, paths));
    }
    for (OpenApiContributor contributor : contributors) {
      contributor
          .paths()
          .forEach(
              (path, item) -> paths.computeIfAbsent(path, p -> new LinkedHashMap<>()).putAll(item));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Talka",
            "version",
            "1",
            "description",
            "The service desk's REST API, the installed modules included.",
            "license",
            Map.of("name", "Apache-2.0", "identifier", "Apache-2.0")));
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("security", List.of(Map.of("session", List.of()), Map.of("token", List.of())));
    document.put("paths", paths);
    document.put("components", components(schemas));
    return of(document);
  }

  private static Map<String, Object> components(Schemas schemas) {
    Map<String, Object> problem = schemas.of(ProblemDocument.class, "");
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put("Problem", problem("An error", problem));
    for (int status : PROBLEMS) {
      responses.put("Problem" + status, problem(meaning(status), problem));
    }
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("schemas", schemas.components());
    components.put("responses", responses);
    components.put(
        "securitySchemes",
        Map.of(
            "session",
            Map.of(
                "type",
                "apiKey",
                "in",
                "cookie",
                "name",
                "TALKA_SESSION",
                "description",
                "POST /api/v1/session gives it; writes also need the header X-CSRF-Token"),
            "token",
            Map.of("type", "http", "scheme", "bearer")));
    return components;
  }

  private static Map<String, Object> problem(String description, Map<String, Object> schema) {
    return Map.of(
        "description",
        description,
        "content",
        Map.of("application/problem+json", Map.of("schema", schema)));
  }

  private static String meaning(int status) {
    return switch (status) {
      case 400 -> "The request can't be understood";
      case 401 -> "Nobody is signed in";
      case 403 -> "Not allowed";
      case 404 -> "It does not exist, or not for the caller";
      case 409 -> "The state of the record does not allow it";
      case 412 -> "The record has changed since it was read";
      case 413 -> "Too large";
      case 415 -> "The media type is not understood";
      case 422 -> "Values are wrong";
      default -> "The header If-Match is missing";
    };
  }

  private static OpenApiDocument of(Map<String, Object> document) {
    try {
      byte[] json = new JsonCodec().bytes(document);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return new OpenApiDocument(json, HexFormat.of().formatHex(digest, 0, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
