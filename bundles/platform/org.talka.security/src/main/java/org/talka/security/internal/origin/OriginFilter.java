/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.origin;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Notes a request's origin for whatever is audited during it. Its low ranking puts it behind the
 * REST floor's filter, which finds the address, the session and the correlation id.
 */
@Component(service = Filter.class, property = Constants.SERVICE_RANKING + ":Integer=-1000")
@HttpWhiteboardFilterPattern("/api/*")
@HttpWhiteboardFilterAsyncSupported
public class OriginFilter implements Filter {
  static final String ADDRESS = "org.talka.address";
  static final String SESSION = "org.talka.session";
  private static final String CORRELATION = "org.talka.correlation";
  private static final int MAX_ADDRESS = 64;
  private static final int MAX_CORRELATION = 100;

  private final Origins origins;

  @Activate
  public OriginFilter(@Reference Origins origins) {
    this.origins = origins;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Origin before = origins.enter(origin(request));
    try {
      chain.doFilter(request, response);
    } finally {
      origins.leave(before);
    }
  }

  private static Origin origin(ServletRequest request) {
    Object correlation = request.getAttribute(CORRELATION);
    return new Origin(
        cut(address(request), MAX_ADDRESS),
        cut(correlation == null ? "" : correlation.toString(), MAX_CORRELATION),
        session(request));
  }

  /** What the REST floor found, which knows about proxies; else the peer. */
  public static String address(ServletRequest request) {
    return request.getAttribute(ADDRESS) instanceof String found
        ? found
        : String.valueOf(request.getRemoteAddr());
  }

  /** The session that the REST floor recognised. */
  public static Optional<String> session(ServletRequest request) {
    return Optional.ofNullable(request.getAttribute(SESSION))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  /** The cookie's value, whether or not it belongs to a session that lives. */
  public static Optional<String> cookie(HttpServletRequest request, String name) {
    if (request.getCookies() != null) {
      for (jakarta.servlet.http.Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(name)) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
