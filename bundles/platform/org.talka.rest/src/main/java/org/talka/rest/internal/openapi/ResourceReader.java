/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.openapi;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.talka.api.rest.Operation;
import org.talka.rest.internal.access.Access;
import org.talka.rest.internal.application.Applications;

/** Reads what a resource class says of its operations. */
final class ResourceReader {
  private static final Pattern TEMPLATE =
      Pattern.compile("\\{\\s*([\\w.-]+)\\s*(?::[^{}]*(?:\\{[^{}]*}[^{}]*)*)?}");
  private static final List<String> ANY = List.of("application/json");

  private final Applications.Served application;
  private final Schemas schemas;
  private final Set<String> operationIds;
  private final String prefix;

  ResourceReader(Applications.Served application, Schemas schemas, Set<String> operationIds) {
    this.application = application;
    this.schemas = schemas;
    this.operationIds = operationIds;
    this.prefix = application.name().equals(Applications.CORE) ? "" : application.module() + ".";
  }

  /** Adds the operations of a root resource class to the document's paths. */
  void read(Class<?> resource, Map<String, Map<String, Object>> paths) {
    Path path = annotation(resource, Path.class);
    if (path != null) {
      read(resource, resource, application.path() + segment(path.value()), paths, 0);
    }
  }

  private void read(
      Class<?> root,
      Class<?> resource,
      String base,
      Map<String, Map<String, Object>> paths,
      int depth) {
    Method[] methods = resource.getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName).thenComparing(Method::toString));
    for (Method method : methods) {
      if (method.isBridge() || method.isSynthetic()) {
        continue;
      }
      Method annotated = annotated(resource, method);
      Optional<String> verb = verb(annotated);
      Path path = annotated.getAnnotation(Path.class);
      String full = base + (path == null ? "" : segment(path.value()));
      if (verb.isPresent()) {
        paths
            .computeIfAbsent(plain(full), p -> new LinkedHashMap<>())
            .put(
                verb.get().toLowerCase(Locale.ROOT),
                operation(resource, method, annotated, full, verb.get()));
      } else if (path != null && depth < 3) {
        read(root, method.getReturnType(), full, paths, depth + 1);
      }
    }
  }

  private Map<String, Object> operation(
      Class<?> resource, Method method, Method annotated, String path, String verb) {
    Access access = Access.of(resource, method);
    Operation said = annotated.getAnnotation(Operation.class);
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", id(resource, method));
    operation.put("summary", said == null ? words(method.getName()) : said.value());
    operation.put("tags", List.of(tag(path)));
    operation.put("x-talka-module", application.module());
    operation.put("x-talka-permission", access.word());
    if (said != null && said.reads()) {
      operation.put("x-talka-reads", true);
    }
    List<Map<String, Object>> parameters = new ArrayList<>();
    boolean body = false;
    boolean version = false;
    for (int i = 0; i < annotated.getParameterCount(); i++) {
      Parameter parameter = annotated.getParameters()[i];
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          parameter(field, field.getGenericType()).ifPresent(parameters::add);
        }
        continue;
      }
      Optional<Map<String, Object>> described =
          parameter(parameter, parameter.getParameterizedType());
      described.ifPresent(parameters::add);
      version |= described.map(p -> "If-Match".equals(p.get("name"))).orElse(false);
      boolean entity = described.isEmpty() && isEntity(parameter);
      if (entity && !body) {
        body = true;
        operation.put(
            "requestBody",
            requestBody(resource, annotated, parameter.getParameterizedType(), said));
      }
    }
    if (!body && (takes(said) || consumesUpload(resource, annotated))) {
      body = true;
      operation.put("requestBody", requestBody(resource, annotated, Object.class, said));
    }
    addMissingPathParameters(path, parameters);
    if (verb.equals("POST")) {
      parameters.add(
          Map.of(
              "name",
              "Idempotency-Key",
              "in",
              "header",
              "required",
              false,
              "description",
              "The same key with the same body gives the same answer for 24 hours",
              "schema",
              Map.of("type", "string", "maxLength", 200)));
    }
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    operation.put("responses", responses(method, annotated, said, access, path, body, version));
    if (access instanceof Access.ToAnybody) {
      operation.put("security", List.of());
    }
    return operation;
  }

  private Optional<Map<String, Object>> parameter(AnnotatedElement element, Type type) {
    String name;
    String in;
    if (element.isAnnotationPresent(PathParam.class)) {
      name = element.getAnnotation(PathParam.class).value();
      in = "path";
    } else if (element.isAnnotationPresent(QueryParam.class)) {
      name = element.getAnnotation(QueryParam.class).value();
      in = "query";
    } else if (element.isAnnotationPresent(HeaderParam.class)) {
      name = element.getAnnotation(HeaderParam.class).value();
      in = "header";
    } else if (element.isAnnotationPresent(CookieParam.class)) {
      name = element.getAnnotation(CookieParam.class).value();
      in = "cookie";
    } else {
      return Optional.empty();
    }
    Map<String, Object> schema = new LinkedHashMap<>(schemas.of(type, prefix));
    DefaultValue fallback = element.getAnnotation(DefaultValue.class);
    if (fallback != null) {
      schema.put("default", json(fallback.value(), String.valueOf(schema.get("type"))));
    }
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", name);
    parameter.put("in", in);
    parameter.put("required", in.equals("path"));
    parameter.put("schema", schema);
    return Optional.of(parameter);
  }

  private static Object json(String value, String type) {
    try {
      return switch (type) {
        case "integer" -> Long.valueOf(value);
        case "number" -> Double.valueOf(value);
        case "boolean" -> Boolean.valueOf(value);
        default -> value;
      };
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private static boolean isEntity(Parameter parameter) {
    for (Annotation annotation : parameter.getAnnotations()) {
      if (annotation instanceof Context || annotation instanceof FormParam) {
        return false;
      }
      if (annotation.annotationType().getName().startsWith("jakarta.ws.rs.container.")) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Object> requestBody(
      Class<?> resource, Method method, Type type, Operation said) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (String media : consumed(resource, method)) {
      if (media.startsWith("multipart/")) {
        content.put(media, Map.of("schema", upload()));
      } else {
        Type body = takes(said) ? said.takes() : type;
        content.put(media, Map.of("schema", schemas.of(body, prefix)));
      }
    }
    return Map.of("required", true, "content", content);
  }

  private static Map<String, Object> upload() {
    Map<String, Object> file =
        Map.of("type", "string", "contentMediaType", "application/octet-stream");
    return Map.of(
        "type", "object", "properties", Map.of("file", file), "required", List.of("file"));
  }

  private Map<String, Object> responses(
      Method method,
      Method annotated,
      Operation said,
      Access access,
      String path,
      boolean body,
      boolean version) {
    Map<String, Object> responses = new LinkedHashMap<>();
    int status = said == null ? 200 : said.status();
    Optional<Map<String, Object>> answer = answer(method, said);
    if (answer.isEmpty() && status == 200 && method.getReturnType() == void.class) {
      status = 204;
    }
    Map<String, Object> success = new LinkedHashMap<>();
    success.put("description", status == 201 ? "Created" : status == 202 ? "Accepted" : "Done");
    if (answer.isPresent() && status != 204) {
      Map<String, Object> content = new LinkedHashMap<>();
      for (String media : produced(method.getDeclaringClass(), annotated)) {
        content.put(media, Map.of("schema", answer.get()));
      }
      success.put("content", content);
    }
    responses.put(Integer.toString(status), success);
    problem(responses, 400, body || path.contains("{") || annotated.getParameterCount() > 0);
    problem(responses, 401, !(access instanceof Access.ToAnybody));
    problem(
        responses,
        403,
        !(access instanceof Access.ToAnybody || access instanceof Access.ToVisitors));
    problem(responses, 404, path.contains("{"));
    problem(responses, 409, body);
    problem(responses, 412, version);
    problem(responses, 413, body);
    problem(responses, 415, body);
    problem(responses, 422, body);
    problem(responses, 428, version);
    responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
    return responses;
  }

  private static void problem(Map<String, Object> responses, int status, boolean possible) {
    if (possible) {
      responses.put(
          Integer.toString(status), Map.of("$ref", "#/components/responses/Problem" + status));
    }
  }

  private Optional<Map<String, Object>> answer(Method method, Operation said) {
    Type type = method.getGenericReturnType();
    if (said != null && said.answers() != void.class) {
      return Optional.of(
          said.paged() ? schemas.page(said.answers(), prefix) : schemas.of(said.answers(), prefix));
    }
    boolean untold =
        type == void.class
            || type == Response.class
            || type instanceof ParameterizedType p
                && ((Class<?>) p.getRawType()).getName().startsWith("java.util.concurrent.");
    return untold ? Optional.empty() : Optional.of(schemas.of(type, prefix));
  }

  private static boolean takes(Operation said) {
    return said != null && said.takes() != void.class;
  }

  private static boolean consumesUpload(Class<?> resource, Method method) {
    return consumed(resource, method).stream().anyMatch(m -> m.startsWith("multipart/"));
  }

  private static List<String> consumed(Class<?> resource, Method method) {
    Consumes consumes = method.getAnnotation(Consumes.class);
    consumes = consumes == null ? annotation(resource, Consumes.class) : consumes;
    return consumes == null ? ANY : List.of(consumes.value());
  }

  private static List<String> produced(Class<?> resource, Method method) {
    Produces produces = method.getAnnotation(Produces.class);
    produces = produces == null ? annotation(resource, Produces.class) : produces;
    return produces == null ? ANY : List.of(produces.value());
  }

  private static void addMissingPathParameters(String path, List<Map<String, Object>> parameters) {
    Matcher matcher = TEMPLATE.matcher(path);
    while (matcher.find()) {
      String name = matcher.group(1);
      boolean there =
          parameters.stream()
              .anyMatch(p -> "path".equals(p.get("in")) && name.equals(p.get("name")));
      if (!there) {
        parameters.add(
            Map.of(
                "name", name, "in", "path", "required", true, "schema", Map.of("type", "string")));
      }
    }
  }

  private static Optional<String> verb(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        return Optional.of(http.value());
      }
    }
    return Optional.empty();
  }

  /** The method that carries the annotations: itself, or the one that it implements. */
  private static Method annotated(Class<?> type, Method method) {
    if (isAnnotated(method)) {
      return method;
    }
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      List<Class<?>> candidates = new ArrayList<>(List.of(c.getInterfaces()));
      candidates.add(c);
      for (Class<?> candidate : candidates) {
        try {
          Method other = candidate.getMethod(method.getName(), method.getParameterTypes());
          if (isAnnotated(other)) {
            return other;
          }
        } catch (NoSuchMethodException absent) {
          // not of this one
        }
      }
    }
    return method;
  }

  private static boolean isAnnotated(Method method) {
    return verb(method).isPresent() || method.isAnnotationPresent(Path.class);
  }

  private static <A extends Annotation> A annotation(Class<?> type, Class<A> kind) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (c.isAnnotationPresent(kind)) {
        return c.getAnnotation(kind);
      }
      for (Class<?> contract : c.getInterfaces()) {
        if (contract.isAnnotationPresent(kind)) {
          return contract.getAnnotation(kind);
        }
      }
    }
    return null;
  }

  private String id(Class<?> resource, Method method) {
    String base = prefix.replace('.', '_') + resource.getSimpleName() + "_" + method.getName();
    String id = base;
    for (int i = 2; !operationIds.add(id); i++) {
      id = base + i;
    }
    return id;
  }

  private String tag(String path) {
    if (!prefix.isEmpty()) {
      return application.module();
    }
    String rest = path.substring(application.path().length() + 1);
    int end = rest.indexOf('/');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static String segment(String path) {
    String trimmed = path.startsWith("/") ? path.substring(1) : path;
    trimmed = trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    return trimmed.isEmpty() ? "" : "/" + trimmed;
  }

  /** Without the regular expressions of Jakarta REST, which OpenAPI does not know. */
  private static String plain(String path) {
    return TEMPLATE.matcher(path).replaceAll("{$1}");
  }

  private static String words(String name) {
    String spaced = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}
