/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A client of the REST API, as an outside program would write one: one instance, one caller. */
public final class Api {
  public static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;
  private String cookie;
  private String csrf;
  private String token;

  public Api(URI base) {
    this.base = base;
  }

  /** A successful or refused answer, its body parsed when it is JSON. */
  public record Answer(int status, JsonNode json, String text, HttpResponse<String> raw) {
    public Optional<String> header(String name) {
      return raw.headers().firstValue(name);
    }

    public Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            raw.request().method()
                + " "
                + raw.uri()
                + ": expected "
                + expected
                + " but was "
                + status
                + " "
                + text);
      }
      return this;
    }
  }

  public URI base() {
    return base;
  }

  public String cookie() {
    return cookie;
  }

  public Api signIn(String username, String password) {
    Answer answer = post("/session", Map.of("username", username, "password", password));
    answer.expect(200);
    cookie = answer.header("Set-Cookie").orElseThrow().split(";")[0];
    csrf = answer.json().path("csrfToken").asText();
    return this;
  }

  public Api withToken(String secret) {
    Api api = new Api(base);
    api.token = secret;
    return api;
  }

  public Api anonymous() {
    return new Api(base);
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  /** An answer without an end, as the event stream's is; closing it leaves. */
  public InputStream stream(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
            .header("Cookie", cookie)
            .build();
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + " answered " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public Answer post(String path, Object body) {
    return send("POST", path, body, Map.of());
  }

  public Answer post(String path, Object body, Map<String, String> headers) {
    return send("POST", path, body, headers);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  public Answer patch(String path, Object body, String etag) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/merge-patch+json");
    if (etag != null) {
      headers.put("If-Match", etag);
    }
    return send("PATCH", path, body, headers);
  }

  /** Sends a request as it is; {@code body} is text or something that becomes JSON. */
  public Answer send(String method, String path, Object body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    Map<String, String> all = new LinkedHashMap<>();
    if (cookie != null) {
      all.put("Cookie", cookie);
    }
    if (csrf != null && !method.equals("GET")) {
      all.put("X-CSRF-Token", csrf);
    }
    if (token != null) {
      all.put("Authorization", "Bearer " + token);
    }
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    all.values().removeIf(java.util.Objects::isNull);
    all.forEach(request::header);
    try {
      String payload =
          body == null ? null : body instanceof String text ? text : JSON.writeValueAsString(body);
      request.method(
          method,
          payload == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(payload));
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), parse(response.body()), response.body(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(method + " " + uri(path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a ticket and returns its key. */
  public String ticket(String type, String subject) {
    return post(
            "/tickets", Map.of("type", type, "subject", subject, "description", "What happened."))
        .expect(201)
        .json()
        .path("key")
        .asText();
  }

  public void link(String from, String type, String to) {
    post("/tickets/" + from + "/links", Map.of("type", type, "to", to)).expect(201);
  }

  /** Plans the installation of an archive. */
  public Answer upload(String name, byte[] archive) {
    return send(
        "/modules/plans?name=" + encode(name),
        "application/java-archive",
        HttpRequest.BodyPublishers.ofByteArray(archive));
  }

  /** Posts a body that is no JSON. */
  public Answer send(String path, String type, HttpRequest.BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrf)
            .POST(body)
            .build();
    try {
      HttpResponse<String> response =
          HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), parse(response.body()), response.body(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Applies a plan and returns the operation's id. */
  public String apply(Answer plan) {
    return apply(plan, null);
  }

  /** The same with what has to be said for it. */
  public String apply(Answer plan, Object said) {
    return applied(plan, said).expect(202).json().path("operation").asText();
  }

  private Answer applyAsked(String action, String module) {
    return applied(post("/modules/plans", Map.of("action", action, "module", module)), null);
  }

  private Answer applied(Answer plan, Object said) {
    if (plan.status() > 201 || !plan.json().path("blockers").isEmpty()) {
      throw new AssertionError("no plan to apply: " + plan.text());
    }
    return post("/modules/plans/" + plan.json().path("id").asText() + "/apply", said);
  }

  /** An operation once it has ended, however. */
  public JsonNode ended(String operation, Duration atMost) {
    return Wait.until(
        "operation " + operation + " ends",
        atMost,
        () -> {
          JsonNode state = get("/modules/operations/" + operation).expect(200).json();
          return state.path("state").asText().equals("running")
              ? Optional.empty()
              : Optional.of(state);
        });
  }

  /** Plans and applies a module operation and waits for its end. */
  public JsonNode operate(String action, String module) {
    return succeeded(action + " of " + module, () -> applyAsked(action, module));
  }

  /** Brings an archive into service and waits for the end of that. */
  public JsonNode install(String name, byte[] archive) {
    return succeeded("bringing " + name, () -> applied(upload(name, archive), null));
  }

  private JsonNode succeeded(String what, Supplier<Answer> planAndApply) {
    Answer applied = planAndApply.get();
    if (applied.text().contains("error.module.plan.stale")) {
      // Pax Exam brings bundles of its own when the desk is ready already: the desk has changed
      applied = planAndApply.get();
    }
    String operation = applied.expect(202).json().path("operation").asText();
    JsonNode done = ended(operation, Duration.ofSeconds(60));
    if (!done.path("state").asText().equals("succeeded")) {
      throw new AssertionError(what + " did not succeed: " + done);
    }
    return done;
  }

  /** The state of a module, {@code REMOVED} when the desk does not list it. */
  public String moduleState(String module) {
    for (JsonNode item : get("/modules").expect(200).json().path("items")) {
      if (item.path("id").asText().equals(module)) {
        return item.path("state").asText();
      }
    }
    return "REMOVED";
  }

  /** A person with a role, signed in. */
  public Api person(String username, String displayName, String role) {
    String password = "Correct-horse-" + UUID.randomUUID();
    person(username, displayName, role, password);
    return new Api(base).signIn(username, password);
  }

  /** A person with a role who signs in later, with this password. */
  public void person(String username, String displayName, String role, String password) {
    post(
            "/users",
            Map.of(
                "username",
                username,
                "displayName",
                displayName,
                "email",
                username + "@example.org",
                "password",
                password,
                "roles",
                java.util.List.of(role)))
        .expect(201);
  }

  public static String encode(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    boolean apart = path.startsWith("/health") || path.startsWith("/metrics") || path.equals("/");
    return URI.create(base + (apart ? path : "/api/v1" + path));
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
