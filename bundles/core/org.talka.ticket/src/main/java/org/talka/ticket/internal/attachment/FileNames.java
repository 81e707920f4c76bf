/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.attachment;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Names of files as strangers send them. */
public final class FileNames {
  private static final int MAX = 200;
  private static final String NAMELESS = "file";
  private static final String SPECIAL = "<>:\"/\\|?*";

  private FileNames() {}

  /**
   * A name that is fit to show and to save: no path, nothing invisible or that turns the direction
   * of reading, at most {@value #MAX} characters, the extension kept.
   */
  public static String clean(String given) {
    String name = Normalizer.normalize(given == null ? "" : given, Normalizer.Form.NFC);
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .filter(FileNames::visible)
        .forEach(c -> clean.appendCodePoint(SPECIAL.indexOf(c) >= 0 ? '_' : c));
    String shown = clean.toString().strip();
    while (shown.startsWith(".")) {
      shown = shown.substring(1);
    }
    return shown.isBlank() ? NAMELESS : shortened(shown);
  }

  /** The header that makes a browser save the file under its name (RFC 6266, RFC 8187). */
  public static String disposition(String type, String name) {
    StringBuilder ascii = new StringBuilder();
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || ".-_".indexOf(c) >= 0;
      if (plain) {
        encoded.append((char) c);
      } else {
        encoded.append(String.format("%%%02X", c));
      }
    }
    name.codePoints()
        .forEach(
            c ->
                ascii.append(
                    c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '%' ? (char) c : '_'));
    return type + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String shortened(String name) {
    if (name.length() <= MAX) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
    int end = MAX - extension.length();
    if (Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end) + extension;
  }
}
