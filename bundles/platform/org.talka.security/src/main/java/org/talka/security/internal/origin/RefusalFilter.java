/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.origin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;

/**
 * Writes down when somebody who is signed in tries to change what they may not, whichever resource
 * refused it; the resource layer itself knows of no audit. It stands behind {@link OriginFilter}.
 */
@Component(service = Filter.class, property = Constants.SERVICE_RANKING + ":Integer=-1001")
@HttpWhiteboardFilterPattern("/api/*")
@HttpWhiteboardFilterAsyncSupported
public class RefusalFilter implements Filter {
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final int PER_MINUTE = 20;
  private static final int PEOPLE = 10_000;
  private static final int MAX_PATH = 150;

  private final Callers callers;
  private final Audit audit;

  /** How often each person was refused in this minute: nobody may fill the audit with it. */
  private final Cache<String, AtomicInteger> refused =
      Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterWrite(Duration.ofMinutes(1)).build();

  @Activate
  public RefusalFilter(@Reference Callers callers, @Reference Audit audit) {
    this.callers = callers;
    this.audit = audit;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && answer.getStatus() == HttpServletResponse.SC_FORBIDDEN
        && WRITES.contains(asked.getMethod())) {
      note(asked);
    }
  }

  private void note(HttpServletRequest request) {
    Caller caller = callers.current();
    if (caller.kind() != Caller.Kind.PERSON) {
      return;
    }
    int times = refused.get(caller.username(), name -> new AtomicInteger()).incrementAndGet();
    if (times <= PER_MINUTE) {
      String path = request.getRequestURI();
      audit.recordAlways(
          "access.refused",
          "api:" + path.substring(0, Math.min(path.length(), MAX_PATH)),
          Map.of("method", request.getMethod()));
    }
  }
}
