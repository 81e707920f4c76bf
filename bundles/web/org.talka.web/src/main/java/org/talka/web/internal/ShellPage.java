/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Base64;

/** The one HTML page that all views share, made anew for each request because of its nonce. */
final class ShellPage {
  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();
  private final String template;

  ShellPage(StaticFiles files) {
    StringBuilder preload = new StringBuilder();
    for (String path : files.core()) {
      preload
          .append("<link rel=\"modulepreload\" href=\"")
          .append(files.base())
          .append('/')
          .append(path)
          .append("\">\n");
    }
    template =
        files
            .page("shell.html")
            .replace("{importmap}", files.page("importmap.json").strip())
            .replace("{preload}", preload.toString().strip())
            .replace("{base}", files.base());
  }

  String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  String html(String nonce, String language) {
    return template.replace("{nonce}", nonce).replace("{lang}", language);
  }

  /** What the page may do: nothing but our own files and the import map that carries the nonce. */
  static String policy(String nonce) {
    return "default-src 'none'; script-src 'self' 'nonce-"
        + nonce
        + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
        + " frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        + " require-trusted-types-for 'script'; trusted-types lit-html talka-html";
  }

  static void harden(HttpServletResponse response, String policy) {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    // the address of a ticket is nobody else's business
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    response.setHeader("Cache-Control", "no-store");
  }
}
