/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

/**
 * Tells addresses that two programs could read in two ways: they are refused before anybody decides
 * on them (the class of faults of CVE-2022-0540).
 */
final class OddAddress {
  static final int MAX_PATH = 2_000;
  static final int MAX_QUERY = 8_000;

  private OddAddress() {}

  /**
   * @param path as the client sent it, still encoded
   * @param query as the client sent it, or null
   */
  static boolean is(String path, String query) {
    return path.length() > MAX_PATH
        || oddPath(path)
        || query != null && (query.length() > MAX_QUERY || oddQuery(query));
  }

  private static boolean oddPath(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return true;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      switch (c) {
        case ';', '\\' -> {
          return true;
        }
        case '/' -> {
          if (i + 1 < path.length() && path.charAt(i + 1) == '/') {
            return true;
          }
        }
        case '.' -> {
          if (dotSegment(path, i)) {
            return true;
          }
        }
        case '%' -> {
          int b = escaped(path, i);
          if (b < 0x20 || b == 0x7F || b == '/' || b == '\\' || b == '.' || b == ';' || b == '%') {
            return true;
          }
          i += 2;
        }
        default -> {
          if (c < 0x20 || c >= 0x7F) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a segment {@code .} or {@code ..} begins at a dot. */
  private static boolean dotSegment(String path, int dot) {
    if (path.charAt(dot - 1) != '/') {
      return false;
    }
    int end = dot + 1;
    if (end < path.length() && path.charAt(end) == '.') {
      end++;
    }
    return end == path.length() || path.charAt(end) == '/';
  }

  private static boolean oddQuery(String query) {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c < 0x20 || c == 0x7F) {
        return true;
      }
      if (c == '%') {
        int b = escaped(query, i);
        if (b <= 0) {
          return true; // malformed, or U+0000, which no database column holds
        }
        i += 2;
      }
    }
    return false;
  }

  /** The byte of a percent escape, −1 when it is none. */
  private static int escaped(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
