/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Every address of the web UI is the same page; the script in it reads the address. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"", "/app/*", "/portal/*", "/setup", "/sign-in"})
public final class ShellServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final List<Locale.LanguageRange> ENGLISH =
      List.of(new Locale.LanguageRange("en"));
  private static final List<String> LANGUAGES = List.of("en", "lv");

  private final transient ShellPage page;

  @Activate
  public ShellServlet(@Reference StaticFiles files) {
    this.page = new ShellPage(files);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String nonce = page.nonce();
    ShellPage.harden(response, ShellPage.policy(nonce));
    response.setContentType("text/html; charset=utf-8");
    byte[] body =
        page.html(nonce, language(request.getHeader("Accept-Language")))
            .getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The language until the person's own is known. */
  static String language(String acceptLanguage) {
    List<Locale.LanguageRange> wanted = ENGLISH;
    if (acceptLanguage != null) {
      try {
        wanted = Locale.LanguageRange.parse(acceptLanguage);
      } catch (IllegalArgumentException malformed) {
        wanted = ENGLISH;
      }
    }
    String tag = Locale.lookupTag(wanted, LANGUAGES);
    return tag == null ? "en" : tag;
  }
}
