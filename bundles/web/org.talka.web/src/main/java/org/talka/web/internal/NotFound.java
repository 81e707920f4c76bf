/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A small page for addresses where nothing is. */
final class NotFound {
  /** Both languages of the desk: this page works without scripts and without a known reader. */
  private static final byte[] PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>404</title>
      <h1>There is nothing at this address.</h1>
      <p><a href="/">Go to the desk</a></p>
      <div lang="lv">
      <h1>Šajā adresē nekā nav.</h1>
      <p><a href="/">Uz palīdzības dienestu</a></p>
      </div>
      </html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private NotFound() {}

  static void answer(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    ShellPage.harden(response, "default-src 'none'; frame-ancestors 'none'");
    response.setContentType("text/html; charset=utf-8");
    response.setContentLength(PAGE.length);
    response.getOutputStream().write(PAGE);
  }
}
