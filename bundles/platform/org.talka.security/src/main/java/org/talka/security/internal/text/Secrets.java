/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets, and the digest under which they are stored and found again. */
public final class Secrets {
  private static final int BYTES = 32;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();

  /** 256 random bits, URL-safe. */
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return URL.encodeToString(bytes);
  }

  /**
   * SHA-256, URL-safe. Enough for secrets of 256 random bits; never for a password, which can be
   * guessed.
   */
  public static String digest(String secret) {
    return URL.encodeToString(sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
