/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.event.StreamSession;

/**
 * {@code GET /api/v1/events}: the stream of what the caller may see, as server-sent events. A plain
 * asynchronous servlet, so that a stream costs no thread, and no REST application that is replaced
 * has to wait for it.
 */
@Component(
    service = Servlet.class,
    property = {
      HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME + "=talka-events",
      HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=/api/v1/events",
      HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED + ":Boolean=true"
    })
public final class StreamServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Set by the front door: what the stream is tied to. */
  private static final String SESSION = "org.talka.session";

  private static final String CORRELATION = "org.talka.correlation";
  private static final int METHOD_NOT_ALLOWED = 405;

  private final transient StreamHub hub;
  private final transient Callers callers;
  private final transient Translator translator;
  private final transient ObjectMapper json = new ObjectMapper();

  @Activate
  public StreamServlet(
      @Reference EventStreams streams,
      @Reference Callers callers,
      @Reference Translator translator) {
    this(streams.hub(), callers, translator);
  }

  StreamServlet(StreamHub hub, Callers callers, Translator translator) {
    this.hub = hub;
    this.callers = callers;
    this.translator = translator;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET");
      problem(request, response, METHOD_NOT_ALLOWED, Text.of("error.event.method"));
      return;
    }
    try {
      open(request, response);
    } catch (DomainException e) {
      e.retryAfter()
          .ifPresent(after -> response.setHeader("Retry-After", String.valueOf(after.toSeconds())));
      problem(request, response, status(e.kind()), e.text());
    }
  }

  private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = callers.current();
    if (caller.kind() == Caller.Kind.ANONYMOUS) {
      throw DomainException.of(ErrorKind.UNAUTHENTICATED, "error.event.signin");
    }
    OptionalLong resume = resume(request);
    StreamSession session =
        new StreamSession(
            Optional.ofNullable(request.getAttribute(SESSION)).map(Object::toString),
            caller.person());
    hub.requireRoom(session);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    // a proxy that collects the answer before it passes it on would never pass this one on
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    hub.open(session, caller, resume, context, response.getOutputStream());
  }

  private static OptionalLong resume(HttpServletRequest request) {
    String last = request.getHeader("Last-Event-ID");
    if (last == null) {
      last = request.getParameter("lastEventId");
    }
    if (last == null || last.isBlank()) {
      return OptionalLong.empty();
    }
    if (!last.matches("\\d{1,18}")) {
      throw DomainException.malformed("error.event.resume");
    }
    return OptionalLong.of(Long.parseLong(last));
  }

  private static int status(ErrorKind kind) {
    return switch (kind) {
      case UNAUTHENTICATED -> HttpServletResponse.SC_UNAUTHORIZED;
      case MALFORMED -> HttpServletResponse.SC_BAD_REQUEST;
      case TOO_MANY -> 429;
      default -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    };
  }

  /** A problem document (RFC 9457). */
  private void problem(
      HttpServletRequest request, HttpServletResponse response, int status, Text text)
      throws IOException {
    Locale locale = callers.current().locale();
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", translator.translate(Text.of(text.key() + ".title"), locale));
    problem.put("status", status);
    problem.put("detail", translator.translate(text, locale));
    problem.put("instance", request.getRequestURI());
    Object correlation = request.getAttribute(CORRELATION);
    if (correlation != null) {
      problem.put("correlationId", correlation.toString());
    }
    byte[] body = json.writeValueAsBytes(problem);
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
