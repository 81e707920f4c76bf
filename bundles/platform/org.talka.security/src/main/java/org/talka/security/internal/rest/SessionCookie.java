/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

/** The cookie that carries a session: out of reach of scripts, never sent by foreign forms. */
final class SessionCookie {
  static final String NAME = "TALKA_SESSION";

  private SessionCookie() {}

  /** It ends with the browser, and at the server's word before. */
  static String set(String value, boolean secure) {
    return NAME + "=" + value + attributes(secure);
  }

  static String clear(boolean secure) {
    return NAME + "=; Max-Age=0" + attributes(secure);
  }

  private static String attributes(boolean secure) {
    return "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
  }
}
