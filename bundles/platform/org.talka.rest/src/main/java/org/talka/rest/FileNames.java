/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

/** Names of uploaded files, which their senders can make anything of. */
final class FileNames {
  private static final int MAX = 200;
  private static final int MAX_EXTENSION = 12;

  private FileNames() {}

  /** The name in a form that can be shown and sent in a header; never empty. */
  static String shown(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder shown = new StringBuilder();
    last.codePoints().filter(FileNames::harmless).forEach(shown::appendCodePoint);
    String clean = shown.toString().strip();
    while (clean.startsWith(".")) {
      clean = clean.substring(1).stripLeading(); // neither hidden nor a way up
    }
    return clean.isEmpty() ? "file" : shortened(clean);
  }

  private static boolean harmless(int c) {
    boolean control = Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    boolean direction =
        c == 0x061C
            || c == 0x200E
            || c == 0x200F
            || c >= 0x202A && c <= 0x202E
            || c >= 0x2066 && c <= 0x2069;
    boolean half = c >= 0xD800 && c <= 0xDFFF;
    return !control && !direction && !half;
  }

  /** Shortened in its middle, so that it still says what kind of file it is. */
  private static String shortened(String name) {
    if (name.codePointCount(0, name.length()) <= MAX) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= MAX_EXTENSION ? name.substring(dot) : "";
    int kept = MAX - extension.codePointCount(0, extension.length());
    return name.substring(0, name.offsetByCodePoints(0, kept)) + extension;
  }
}
