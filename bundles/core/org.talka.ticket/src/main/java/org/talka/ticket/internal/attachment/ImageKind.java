/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.attachment;

import java.util.Optional;

/** The pictures that a page may show, known by their first bytes and by nothing else. */
public final class ImageKind {
  /** How many bytes a look needs. */
  static final int LOOK = 16;

  private ImageKind() {}

  public static Optional<String> of(byte[] head) {
    if (begins(head, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return Optional.of("image/png");
    }
    if (begins(head, 0xff, 0xd8, 0xff)) {
      return Optional.of("image/jpeg");
    }
    if (begins(head, 'G', 'I', 'F', '8', '7', 'a') || begins(head, 'G', 'I', 'F', '8', '9', 'a')) {
      return Optional.of("image/gif");
    }
    boolean riff = begins(head, 'R', 'I', 'F', 'F');
    if (riff
        && head.length >= 12
        && new String(head, 8, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals("WEBP")) {
      return Optional.of("image/webp");
    }
    return Optional.empty();
  }

  private static boolean begins(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
