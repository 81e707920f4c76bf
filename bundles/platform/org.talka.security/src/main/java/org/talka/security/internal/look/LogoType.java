/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The kinds of pictures that a logo can be, told by their first bytes. SVG is none of them: it is a
 * document that can carry scripts.
 */
enum LogoType {
  PNG("image/png"),
  JPEG("image/jpeg"),
  WEBP("image/webp");

  private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  private final String mediaType;

  LogoType(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  static Optional<LogoType> of(byte[] bytes) {
    if (at(bytes, 0, PNG_START) && at(bytes, 12, ascii("IHDR"))) {
      return Optional.of(PNG);
    }
    if (at(bytes, 0, JPEG_START)) {
      return Optional.of(JPEG);
    }
    if (at(bytes, 0, ascii("RIFF")) && at(bytes, 8, ascii("WEBP"))) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean at(byte[] bytes, int from, byte[] wanted) {
    if (bytes.length < from + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
