/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.server.ParamException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.rest.internal.json.JsonCodec;

/** Turns whatever went wrong into a problem document (RFC 9457), and logs what nobody expected. */
@Component(service = Problems.class)
public final class Problems {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Set<Integer> TITLED =
      Set.of(400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429, 500, 503);

  private final Translator translator;
  private final JsonCodec codec = new JsonCodec();

  @Activate
  public Problems(@Reference Translator translator) {
    this.translator = translator;
  }

  /** What the client is told of a failure; logs it when it is a fault of ours. */
  public Problem problem(Throwable failure, String method, String path) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (cause instanceof DomainException domain) {
        return Problem.of(domain);
      }
      if (cause instanceof ConcurrentChangeException) {
        return Problem.of(409, "error.rest.concurrent-change");
      }
      if (cause instanceof DatabaseUnavailableException) {
        return unavailable("error.rest.database-unavailable", Duration.ofSeconds(5));
      }
      if (cause instanceof WebApplicationException web) {
        return web(web, method, path);
      }
      if (depth <= 1 && cause instanceof EOFException) {
        LOG.debug("The client of {} {} went away", method, path, failure);
        return Problem.of(400, "error.rest.body.incomplete");
      }
    }
    LOG.error("{} {} failed", method, path, failure);
    return Problem.of(500, "error.rest.internal");
  }

  private Problem web(WebApplicationException e, String method, String path) {
    int status = e.getResponse().getStatus();
    if (e instanceof ParamException parameter
        && !(e instanceof ParamException.PathParamException)) {
      return new Problem(
          400,
          Text.of("error.rest.parameter", "name", parameter.getParameterName()),
          List.of(),
          Optional.empty(),
          "");
    }
    if (status >= 500 && status != 503) {
      LOG.error("{} {} failed", method, path, e);
      return Problem.of(500, "error.rest.internal");
    }
    Problem problem =
        Problem.of(
            status, TITLED.contains(status) ? "error.rest.http." + status : "error.rest.http");
    if (e instanceof NotAllowedException) {
      String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
      return new Problem(
          status, problem.text(), List.of(), Optional.empty(), allow == null ? "" : allow);
    }
    return problem;
  }

  static Problem unavailable(String key, Duration retryAfter) {
    return new Problem(503, Text.of(key), List.of(), Optional.of(retryAfter), "");
  }

  /** The document in the reader's language. */
  public ProblemDocument document(
      Problem problem, Locale locale, String instance, String correlationId) {
    List<ProblemDocument.WrongField> errors =
        problem.errors().isEmpty()
            ? null
            : problem.errors().stream()
                .map(
                    e ->
                        new ProblemDocument.WrongField(
                            e.field(), translator.translate(e.message(), locale)))
                .toList();
    String title =
        TITLED.contains(problem.status())
            ? "problem.title." + problem.status()
            : "problem.title.other";
    return new ProblemDocument(
        "urn:talka:problem:" + problem.text().key(),
        translator.translate(Text.of(title), locale),
        problem.status(),
        translator.translate(problem.text(), locale),
        instance,
        errors,
        correlationId);
  }

  /** As an answer of a resource. */
  public Response response(Problem problem, Locale locale, String instance, String correlationId) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(MEDIA_TYPE)
            .entity(body(problem, locale, instance, correlationId));
    problem.retryAfter().ifPresent(d -> response.header(HttpHeaders.RETRY_AFTER, seconds(d)));
    if (!problem.allow().isEmpty()) {
      response.header(HttpHeaders.ALLOW, problem.allow());
    }
    if (problem.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"talka\"");
    }
    return response.build();
  }

  /** As an answer outside of any resource; nothing happens when an answer is already on its way. */
  public void send(
      Problem problem,
      Locale locale,
      HttpServletRequest request,
      HttpServletResponse response,
      String correlationId)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setHeader("Cache-Control", "no-store");
    problem.retryAfter().ifPresent(d -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds(d)));
    if (!problem.allow().isEmpty()) {
      response.setHeader(HttpHeaders.ALLOW, problem.allow());
    }
    if (problem.status() == 401) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"talka\"");
    }
    byte[] body = body(problem, locale, request.getRequestURI(), correlationId);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private byte[] body(Problem problem, Locale locale, String instance, String correlationId) {
    try {
      return codec.bytes(document(problem, locale, instance, correlationId));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("a problem document can't be written", e);
    }
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }
}
