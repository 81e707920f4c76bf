/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that this desk answers to, and whether a request came from one of its own pages. */
final class Origins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;
  private final boolean any;

  /**
   * @param configured host names without ports; {@code *} for any
   */
  Origins(String[] configured) {
    this.any = Stream.of(configured).anyMatch(h -> h.trim().equals("*"));
    this.hosts =
        Stream.of(configured)
            .map(h -> h.trim().toLowerCase(Locale.ROOT))
            .filter(h -> !h.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the {@code Host} header names this desk: a foreign name may be a rebound one. */
  boolean knows(String host) {
    if (host == null || host.isEmpty()) {
      return false;
    }
    if (any) {
      return true;
    }
    String name = name(host).toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || hosts.contains(name);
  }

  /**
   * Whether a write comes from a page of this desk or from no page at all. Browsers say so in
   * {@code Sec-Fetch-Site} and {@code Origin}, which scripts can't set.
   */
  boolean sameOrigin(String secFetchSite, String origin, String scheme, String host) {
    if (secFetchSite != null
        && !secFetchSite.equals("same-origin")
        && !secFetchSite.equals("none")) {
      return false;
    }
    if (origin == null) {
      return true;
    }
    int mark = origin.indexOf("://");
    if (mark < 0 || host == null) {
      return false; // "null" among others: a sandboxed page
    }
    String originScheme = origin.substring(0, mark).toLowerCase(Locale.ROOT);
    // behind a proxy that ends TLS the browser says https where the request says http
    boolean schemeFits = originScheme.equals("https") || originScheme.equals(scheme);
    return schemeFits
        && authority(origin.substring(mark + 3), originScheme)
            .equals(authority(host, originScheme));
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static String authority(String host, String scheme) {
    String lower = host.toLowerCase(Locale.ROOT);
    String port = scheme.equals("https") ? ":443" : ":80";
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
