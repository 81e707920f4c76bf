/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of a file as a browser may ask for it. It is read from the undecoded request line, so
 * that no decoding step of a container can turn an innocent name into another one.
 */
final class SafePath {
  /** Names of our own files: no percent sign, no semicolon, no backslash, no leading dot. */
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_@+-][A-Za-z0-9_@+.-]*");

  private static final int LONGEST = 300;

  private SafePath() {}

  /**
   * The part of {@code requestUri} after {@code prefix}.
   *
   * @param requestUri the undecoded path of the request line
   * @return absent unless every segment is a plain file name
   */
  static Optional<String> below(String prefix, String requestUri) {
    if (requestUri == null || requestUri.length() > LONGEST || !requestUri.startsWith(prefix)) {
      return Optional.empty();
    }
    String path = requestUri.substring(prefix.length());
    for (String segment : path.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches() || segment.contains("..")) {
        return Optional.empty();
      }
    }
    return Optional.of(path);
  }
}
