/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.MDC;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.module.Declarations;
import org.talka.rest.internal.idempotency.Idempotency;
import org.talka.rest.internal.json.JsonCodec;
import org.talka.rest.internal.problem.Problem;
import org.talka.rest.internal.problem.Problems;
import org.talka.security.Authentication;

/**
 * Every request passes here first, whatever serves it. It is a preprocessor of the servlet
 * whiteboard and no filter, because a filter belongs to one servlet context and would be missing
 * for a moment when a module brings a new one.
 *
 * <p>It refuses what is odd, foreign or too large, gives the request its correlation id, finds out
 * who calls and sets that caller on the dispatching thread. What the caller may do is decided
 * behind it, at the resource.
 */
@Component(
    service = Preprocessor.class,
    configurationPid = FrontDoor.PID,
    property = "osgi.http.whiteboard.preprocessor.init.name=talka")
@Designate(ocd = FrontDoor.Configuration.class)
public final class FrontDoor implements Preprocessor {
  static final String PID = "org.talka.rest";
  static final String COOKIE = "TALKA_SESSION";

  private static final String MDC_KEY = "correlationId";
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final String API = "/api/";
  private static final String SESSION = "/api/v1/session";
  private static final String SETUP = "/api/v1/setup";
  private static final String MESSAGES = "/api/v1/ui/messages";

  private final Authentication authentication;
  private final Callers callers;
  private final Problems problems;
  private final Declarations declarations;
  private final Idempotency idempotency;
  private final Traffic traffic;
  private final Origins origins;

  /** What the operator can set. */
  @ObjectClassDefinition(name = "Talka REST")
  public @interface Configuration {
    @AttributeDefinition(
        description =
            "Host names, without port, under which the desk is reached, beside the loopback ones; *"
                + " for any")
    String[] hosts() default {};
  }

  @Activate
  public FrontDoor(
      @Reference Authentication authentication,
      @Reference Callers callers,
      @Reference Problems problems,
      @Reference Declarations declarations,
      @Reference Idempotency idempotency,
      @Reference Traffic traffic,
      Configuration configuration) {
    this.authentication = authentication;
    this.callers = callers;
    this.problems = problems;
    this.declarations = declarations;
    this.idempotency = idempotency;
    this.traffic = traffic;
    this.origins = new Origins(configuration.hosts());
  }

  @Override
  public void init(FilterConfig config) {
    // nothing to prepare
  }

  @Override
  public void destroy() {
    // nothing to release
  }

  @Override
  public void doFilter(
      ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) servletRequest;
    HttpServletResponse response = (HttpServletResponse) servletResponse;
    String correlationId = correlationId(request);
    response.setHeader(CorrelationIds.HEADER, correlationId);
    response.setHeader("X-Content-Type-Options", "nosniff");
    MDC.put(MDC_KEY, correlationId);
    long start = System.nanoTime();
    try {
      answer(request, response, chain);
      UnreadBody.takeAway(request, response);
    } finally {
      MDC.remove(MDC_KEY);
      traffic.answered(response.getStatus(), System.nanoTime() - start);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      admit(request, response, chain);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      refuse(problems.problem(e, request.getMethod(), request.getRequestURI()), request, response);
    }
  }

  private static String correlationId(HttpServletRequest request) {
    Object before = request.getAttribute(RequestFacts.CORRELATION);
    if (before != null) {
      return before.toString(); // dispatched again by an asynchronous servlet
    }
    String id = CorrelationIds.of(request.getHeader(CorrelationIds.HEADER));
    request.setAttribute(RequestFacts.CORRELATION, id);
    return id;
  }

  private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (OddAddress.is(path, request.getQueryString())) {
      throw DomainException.malformed("error.rest.address");
    }
    boolean health = path.equals("/health") || path.startsWith("/health/");
    if (!health && !origins.knows(request.getHeader("Host"))) {
      throw DomainException.malformed("error.rest.host");
    }
    request.setAttribute(RequestFacts.ADDRESS, request.getRemoteAddr());
    boolean api = path.startsWith(API) || path.equals("/api");
    if (!api && !health && !path.equals("/metrics")) {
      chain.doFilter(request, response); // pages and their files: the same for everybody
      return;
    }
    String method = request.getMethod();
    boolean write = WRITES.contains(method);
    if (!write && !READS.contains(method)) {
      refuse(
          new Problem(
              405,
              Text.of("error.rest.http.405"),
              List.of(),
              Optional.empty(),
              "GET, HEAD, POST, PUT, PATCH, DELETE"),
          request,
          response);
      return;
    }
    if (api) {
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
      response.setHeader("Referrer-Policy", "no-referrer");
      response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
    Caller caller = health ? healthCaller(request) : caller(request, path, write);
    if (!health) {
      checkSetup(path);
    }
    HttpServletRequest bounded = write ? bounded(request) : request;
    callers.as(
        caller,
        () -> {
          try {
            pass(caller, bounded, response, chain);
            return null;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (ServletException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void pass(
      Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getMethod().equals("POST") && request.getHeader(Idempotency.HEADER) != null) {
      idempotency.answer(caller, request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Health is told to everybody; it must be told even when the database can't say who asks. */
  private Caller healthCaller(HttpServletRequest request) {
    try {
      return caller(request, request.getRequestURI(), false);
    } catch (RuntimeException e) {
      return authentication.anonymous(Locale.ENGLISH);
    }
  }

  private Caller caller(HttpServletRequest request, String path, boolean write) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return authentication
          .token(authorization.substring(7).trim(), request.getRemoteAddr())
          .orElseThrow(() -> DomainException.of(ErrorKind.UNAUTHENTICATED, "error.rest.token"));
    }
    String cookie = cookie(request);
    Optional<Authentication.SignedIn> session =
        cookie == null ? Optional.empty() : authentication.session(cookie);
    boolean entrance =
        request.getMethod().equals("POST") && (path.equals(SESSION) || path.equals(SETUP));
    if (write && (session.isPresent() || entrance)) {
      checkOrigin(request);
    }
    if (session.isEmpty()) {
      return authentication.anonymous(language(request));
    }
    if (write && !entrance) {
      checkCsrf(request, session.get());
    }
    request.setAttribute(RequestFacts.SESSION, session.get().sessionId());
    return session.get().caller();
  }

  private static String cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private void checkOrigin(HttpServletRequest request) {
    if (!origins.sameOrigin(
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        request.getScheme(),
        request.getHeader("Host"))) {
      throw DomainException.forbidden("error.rest.origin");
    }
  }

  private static void checkCsrf(HttpServletRequest request, Authentication.SignedIn session) {
    String sent = request.getHeader("X-CSRF-Token");
    if (sent == null
        || !MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8),
            session.csrfToken().getBytes(StandardCharsets.UTF_8))) {
      throw DomainException.forbidden("error.rest.csrf");
    }
  }

  private void checkSetup(String path) {
    if (authentication.setupNeeded()
        && !path.equals(SESSION)
        && !path.equals(SETUP)
        && !path.equals(MESSAGES)
        && !path.startsWith(MESSAGES + "/")) {
      throw new DomainException(
          ErrorKind.UNAVAILABLE,
          Text.of("error.rest.setup-needed"),
          List.of(),
          Duration.ofSeconds(60));
    }
  }

  /** Types of bodies that are files: whoever takes one streams and bounds it. */
  private static final List<String> FILES =
      List.of(
          "multipart/form-data",
          "application/gzip",
          "application/java-archive",
          "application/octet-stream",
          "application/zip");

  /** Uploads are bounded by whoever takes them; everything else is a document. */
  private static HttpServletRequest bounded(HttpServletRequest request) {
    String type = request.getContentType();
    if (type != null
        && FILES.stream().anyMatch(file -> type.regionMatches(true, 0, file, 0, file.length()))) {
      return request;
    }
    long length = request.getContentLengthLong();
    if (length > JsonCodec.MAX_DOCUMENT) {
      throw DomainException.of(ErrorKind.TOO_LARGE, "error.rest.body.too-large", "limit", "5 MB");
    }
    return length >= 0 ? request : new BoundedRequest(request, JsonCodec.MAX_DOCUMENT);
  }

  private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    UnreadBody.announce(request, response);
    problems.send(
        problem, language(request), request, response, RequestFacts.correlationId(request));
  }

  private Locale language(HttpServletRequest request) {
    return Languages.of(request.getHeader("Accept-Language"), declarations.offered());
  }
}
