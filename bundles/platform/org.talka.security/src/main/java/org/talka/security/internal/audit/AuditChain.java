/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.talka.security.internal.text.Secrets;

/**
 * Every entry carries a digest over itself and the entry before, so that a changed, removed or
 * inserted entry breaks all after it.
 */
final class AuditChain {
  /** What the first entry follows. */
  static final String START = "";

  private AuditChain() {}

  static String link(String before, long sequence, AuditEntry entry, String details) {
    MessageDigest digest = Secrets.sha256();
    add(digest, before);
    add(digest, Long.toString(sequence));
    add(digest, entry.at().toString());
    add(digest, entry.actor());
    add(digest, entry.action());
    add(digest, entry.object());
    add(digest, details);
    add(digest, entry.address());
    add(digest, entry.correlation());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  /** With its length, so that text can't wander from one field into the next. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
