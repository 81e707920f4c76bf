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
    } else if (door.enter()) {
      pass(door, request, response, chain);
    } else {
      refuse(module, (HttpServletRequest) request, (HttpServletResponse) response);
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
      RestDoors.Door door, ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean later = false;
    try {
      chain.doFilter(request, response);
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new LeaveAtEnd(door));
        later = true;
      }
    } finally {
      if (!later) {
        door.leave();
      }
    }
  }

  private record LeaveAtEnd(RestDoors.Door door) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      door.leave();
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

  /** Waiting a few seconds would not help. */
  private boolean isOff(String module) {
    return journal
        .module(module)
        .map(ModuleRecord::state)
        .filter(state -> state == ModuleState.DISABLED || state == ModuleState.FAILED)
        .isPresent();
  }

  private void refuse(String module, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Locale locale = callers.current().locale();
    boolean off = isOff(module);
    Text why = Text.of(off ? "error.module.off" : "error.module.switching", "module", module);
    if (!off) {
      response.setHeader("Retry-After", RETRY_SECONDS);
    }
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
