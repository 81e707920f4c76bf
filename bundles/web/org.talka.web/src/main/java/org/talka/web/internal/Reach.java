/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.http.HttpServletResponse;

/** Who may use a file, and for how long: what its answer says to browsers besides the file. */
enum Reach {
  /** The desk's own pages; the address changes with the content. */
  DESK("public, max-age=31536000, immutable", "same-origin"),

  /**
   * A frame of a module. That has no origin, so that everything is foreign to it; there is nothing
   * in these files that is not public.
   */
  FRAME("public, max-age=31536000, immutable", "cross-origin"),

  /** What the desk offers to frames, under addresses that stay. */
  FRAME_KIT("no-cache", "cross-origin");

  /** An SVG opened on its own is a document: it gets no rights. */
  private static final String NO_RIGHTS = "default-src 'none'; style-src 'unsafe-inline'";

  /**
   * A page that the desk shows in a sandbox, and that is in one, too, when somebody opens it by its
   * address: no cookies, no storage, no connections; it may run and load its own files.
   */
  static final String SANDBOX =
      "sandbox allow-scripts allow-forms; default-src 'none'; script-src 'self'; style-src 'self';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'";

  private final String cacheControl;
  private final String resourcePolicy;

  Reach(String cacheControl, String resourcePolicy) {
    this.cacheControl = cacheControl;
    this.resourcePolicy = resourcePolicy;
  }

  /** Before the file is sent. */
  void say(HttpServletResponse response, String mediaType) {
    response.setHeader("Cache-Control", cacheControl);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cross-Origin-Resource-Policy", resourcePolicy);
    boolean page = mediaType.startsWith("text/html");
    response.setHeader("Content-Security-Policy", page ? SANDBOX : NO_RIGHTS);
    if (this != DESK) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
    if (page) {
      response.setHeader("Referrer-Policy", "no-referrer");
      response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }
  }
}
