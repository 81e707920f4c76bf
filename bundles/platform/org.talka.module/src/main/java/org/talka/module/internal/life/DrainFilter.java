/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/**
 * Answers 503 on the REST paths of a module that is being switched or is off, and nowhere else;
 * counts who is inside, so that a switch can wait for them.
 */
@Component(service = Filter.class)
@ServiceRanking(-100)
@HttpWhiteboardFilterPattern("/api/v1/*")
@HttpWhiteboardFilterAsyncSupported
public final class DrainFilter implements Filter {
  private static final String BASE = "/api/v1/";
  private static final String RETRY_SECONDS = "2";

  /** Where the front door leaves the id that ties an answer to the log. */
  private static final String CORRELATION = "org.talka.correlation";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestDoors doors;
  private final Translator translator;
  private final Callers callers;
  private final Journal journal;

  @Activate
  public DrainFilter(
      @Reference RestDoors doors,
      @Reference Translator translator,
      @Reference Callers callers,
      @Reference Journal journal) {
    this.doors = doors;
    this.journal = journal;
    this.translator = translator;
    this.callers = callers;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String module = module(((HttpServletRequest) request).getRequestURI());
    RestDoors.Door door = doors.door(module);
    if (door == null) {
      chain.doFilter(request, response);
      return;
    }
    Optional<RestDoors.Visit> visit = door.enter();
    if (visit.isPresent()) {
      pass(door, visit.get(), request, response, chain);
    } else {
      refuse(
          door.isOpen() ? Refusal.full(module) : refusal(module),
          (HttpServletRequest) request,
          (HttpServletResponse) response);
    }
  }

  private static String module(String path) {
    if (!path.startsWith(BASE)) {
      return "";
    }
    int end = path.indexOf('/', BASE.length());
    return end < 0 ? path.substring(BASE.length()) : path.substring(BASE.length(), end);
  }

  private static void pass(
      RestDoors.Door door,
      RestDoors.Visit visit,
      ServletRequest request,
      ServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    boolean later = false;
    boolean failed = true;
    try {
      chain.doFilter(request, response);
      failed = failed(response);
      if (request.isAsyncStarted()) {
        visit.goesOnAlone();
        request.getAsyncContext().addListener(new LeaveAtEnd(door, visit, response));
        later = true;
      }
    } finally {
      if (!later) {
        door.leave(visit, failed);
      }
    }
  }

  private static boolean failed(ServletResponse response) {
    return ((HttpServletResponse) response).getStatus()
        >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }

  private record LeaveAtEnd(RestDoors.Door door, RestDoors.Visit visit, ServletResponse response)
      implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      door.leave(visit, failed(response));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // onComplete follows
    }

    @Override
    public void onError(AsyncEvent event) {
      // onComplete follows
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }

  /**
   * Why a request is not let in.
   *
   * @param retrySeconds absent when waiting a little does not help
   */
  private record Refusal(Text why, Optional<String> retrySeconds) {
    static Refusal full(String module) {
      return new Refusal(Text.of("error.module.full", "module", module), Optional.of("1"));
    }
  }

  private Refusal refusal(String module) {
    Optional<ModuleRecord> record = journal.module(module);
    ModuleState state = record.map(ModuleRecord::state).orElse(ModuleState.STARTING);
    return switch (state) {
      case QUARANTINED ->
          new Refusal(
              Text.of(
                  "error.module.quarantined",
                  "module",
                  module,
                  "reason",
                  record
                      .flatMap(ModuleRecord::reason)
                      .map(reason -> translator.translate(reason, callers.current().locale()))
                      .orElse("")),
              Optional.empty());
      case DISABLED, FAILED ->
          new Refusal(Text.of("error.module.off", "module", module), Optional.empty());
      default ->
          new Refusal(
              Text.of("error.module.switching", "module", module), Optional.of(RETRY_SECONDS));
    };
  }

  private void refuse(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Locale locale = callers.current().locale();
    Text why = refusal.why();
    refusal.retrySeconds().ifPresent(seconds -> response.setHeader("Retry-After", seconds));
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/problem+json");
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "urn:talka:problem:" + why.key());
    problem.put("title", translator.translate(Text.of("error.module.switching.title"), locale));
    problem.put("status", HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    problem.put("detail", translator.translate(why, locale));
    problem.put("instance", request.getRequestURI());
    Object correlation = request.getAttribute(CORRELATION);
    if (correlation != null) {
      problem.put("correlationId", correlation.toString());
    }
    byte[] body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
