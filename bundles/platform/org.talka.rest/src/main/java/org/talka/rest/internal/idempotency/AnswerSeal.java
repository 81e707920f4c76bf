/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a stored answer under the client's own key. An answer can hold a secret that is told
 * once, a new token's for instance; the database alone, which knows only a digest of the key, must
 * not give it away.
 */
final class AnswerSeal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id;
  private final SecretKeySpec key;

  AnswerSeal(String caller, String path, String clientKey) {
    String material = caller + '\n' + path + '\n' + clientKey;
    this.id = HexFormat.of().formatHex(sha256("id\n" + material));
    this.key = new SecretKeySpec(sha256("seal\n" + material), "AES");
  }

  /** Under what the answer is stored. */
  String id() {
    return id;
  }

  String seal(Answer answer) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = apply(Cipher.ENCRYPT_MODE, nonce, answer.bytes());
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return Base64.getEncoder().encodeToString(all);
  }

  Answer open(String stored) {
    byte[] all = Base64.getDecoder().decode(stored);
    return Answer.of(
        apply(
            Cipher.DECRYPT_MODE,
            Arrays.copyOf(all, NONCE),
            Arrays.copyOfRange(all, NONCE, all.length)));
  }

  private byte[] apply(int mode, byte[] nonce, byte[] content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored answer can't be sealed or opened", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
