/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import jakarta.servlet.ServletRequest;

/** What the front door found out about a request, for everybody behind it. */
public final class RequestFacts {
  /** The session's id, absent without one: what a stream is tied to. */
  public static final String SESSION = "org.talka.session";

  /** The client's address. */
  public static final String ADDRESS = "org.talka.address";

  /** The correlation id. */
  public static final String CORRELATION = "org.talka.correlation";

  private RequestFacts() {}

  public static String correlationId(ServletRequest request) {
    Object id = request.getAttribute(CORRELATION);
    return id == null ? "none" : id.toString();
  }
}
