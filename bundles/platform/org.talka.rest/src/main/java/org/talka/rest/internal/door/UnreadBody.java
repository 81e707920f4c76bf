/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * What is left of a body that nobody wanted, because the request was refused before. A server that
 * leaves it in the way has to close the connection, and a client that has sent its next request on
 * it by then gets no answer to that (RFC 9112, 9.3 and 9.6).
 */
final class UnreadBody {
  /** A longer one is not worth waiting for. */
  private static final long MOST = 64 * 1024;

  private UnreadBody() {}

  /** Says before a refusal that the connection ends with it, when the body is a long one. */
  static void announce(HttpServletRequest request, HttpServletResponse response) {
    if (request.getContentLengthLong() > MOST && !response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
  }

  /** Takes a short rest out of the way. */
  static void takeAway(HttpServletRequest request, HttpServletResponse response) {
    if (!hasBody(request) || request.getContentLengthLong() > MOST || request.isAsyncStarted()) {
      return;
    }
    try {
      InputStream body = request.getInputStream();
      // whoever waits for the answer before sending the body gets it first
      response.flushBuffer();
      body.readNBytes((int) MOST);
    } catch (IOException | IllegalStateException over) {
      // the client is gone, or somebody read it as characters: there is nothing to be kept
      return;
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    String coding = request.getHeader("Transfer-Encoding");
    return request.getContentLengthLong() > 0
        || coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked");
  }
}
