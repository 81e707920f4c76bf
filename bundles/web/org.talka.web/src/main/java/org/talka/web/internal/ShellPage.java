/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The one HTML page that all views share, made anew for each request because of its nonce.
 * Thread-safe.
 */
@Component(service = ShellPage.class)
public final class ShellPage {
  private static final int NONCE_BYTES = 18;
  private static final List<Locale.LanguageRange> ENGLISH = List.of(new Locale.LanguageRange("en"));
  private static final List<String> LANGUAGES = List.of("en", "lv");

  private final SecureRandom random = new SecureRandom();

  /** The cookie of a session. Whether that is alive is not known here: pages are open to all. */
  private static final Pattern SESSION = Pattern.compile("(^|;\\s*)TALKA_SESSION=[^;\\s]");

  /** What the page asks ahead of its scripts for somebody who is signed in. */
  private static final String AHEAD =
      ", \"/me\", \"/ticket-types\", \"/ui/contributions\", \"/appearance\"";

  /** A list with a ticket beside it, and the name under which its scripts are kept. */
  private static final Pattern TICKET_BESIDE =
      Pattern.compile("/app/((queue|view)/[^/]+|search)/[^/]+/?");

  private static final String BESIDE = "a list with a ticket";

  /**
   * What the first page at an address needs, by the address or its beginning; longer ones first.
   */
  private static final Map<String, List<String>> SCRIPTS = scripts();

  private final Map<String, String> templates = new LinkedHashMap<>();

  /** Fills in what stays the same for all requests. */
  @Activate
  public ShellPage(@Reference StaticFiles files) {
    SCRIPTS.forEach(
        (address, scripts) -> {
          StringBuilder preload = new StringBuilder();
          for (String path : files.neededBy(scripts)) {
            preload
                .append("<link rel=\"modulepreload\" href=\"")
                .append(files.base())
                .append('/')
                .append(path)
                .append("\">\n");
          }
          templates.put(
              address,
              files
                  .page("shell.html")
                  .replace("{importmap}", files.page("importmap.json").strip())
                  .replace("{preload}", preload.toString().strip())
                  .replace("{base}", files.base()));
        });
  }

  private static Map<String, List<String>> scripts() {
    String start = "js/main.js";
    String workspace = "js/core/workspace.js";
    Map<String, List<String>> scripts = new LinkedHashMap<>();
    String queue = "js/page/queue.js";
    String ticket = "js/page/ticket.js";
    for (String address : List.of("/app/queue/", "/app/view/", "/app/search")) {
      scripts.put(address, List.of(start, workspace, queue));
    }
    scripts.put(BESIDE, List.of(start, workspace, queue, ticket));
    scripts.put("/app/ticket/", List.of(start, workspace, ticket));
    scripts.put("/app/dashboards", List.of(start, workspace, "js/page/dashboard.js"));
    scripts.put("/app/new", List.of(start, workspace, "js/page/create.js"));
    scripts.put("/app/", List.of(start, workspace));
    scripts.put("/app", List.of(start, workspace, "js/page/home.js"));
    scripts.put("/portal", List.of(start, "js/page/portal.js"));
    scripts.put("/", List.of(start));
    return scripts;
  }

  private String template(String address) {
    if (TICKET_BESIDE.matcher(address).matches()) {
      return templates.get(BESIDE);
    }
    return templates.entrySet().stream()
        .filter(entry -> address.startsWith(entry.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String nonce = nonce();
    harden(response, policy(nonce));
    response.setContentType("text/html; charset=utf-8");
    String language = language(request.getHeader("Accept-Language"));
    byte[] body =
        template(request.getRequestURI())
            .replace("{ahead}", known(request) ? AHEAD : "")
            .replace("{nonce}", nonce)
            .replace("{lang}", language)
            .getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static boolean known(HttpServletRequest request) {
    String cookies = request.getHeader("Cookie");
    return cookies != null && SESSION.matcher(cookies).find();
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
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

  /** What the page may do: nothing but our own files and the import map that carries the nonce. */
  static String policy(String nonce) {
    return "default-src 'none'; script-src 'self' 'nonce-"
        + nonce
        + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
        + " frame-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        + " require-trusted-types-for 'script'; trusted-types lit-html talka-html talka-worker";
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
