/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.util.Map;
import java.util.Optional;

/** The kinds of files that are served at all; a file with another ending does not exist. */
final class MediaTypes {
  private static final Map<String, String> BY_ENDING =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webp", "image/webp",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private MediaTypes() {}

  static Optional<String> of(String path) {
    return Optional.ofNullable(BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1)));
  }

  /** The same for what is shown in a sandbox: there, and only there, a module has pages. */
  static Optional<String> framed(String path) {
    return path.endsWith(".html") ? Optional.of("text/html; charset=utf-8") : of(path);
  }

  static boolean compressible(String mediaType) {
    return !mediaType.startsWith("font/")
        && !mediaType.equals("image/png")
        && !mediaType.equals("image/webp");
  }
}
