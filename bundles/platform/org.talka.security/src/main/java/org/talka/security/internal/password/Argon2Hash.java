/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's Argon2id hash (RFC 9106), written as a PHC string: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 */
record Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,172})");
  private static final int HASH_BYTES = 32;

  /** Memory in KiB, passes over it, lanes. The default is OWASP's smallest recommendation. */
  record Cost(int memory, int passes, int lanes) {
    static final Cost DEFAULT = new Cost(19 * 1024, 2, 1);
  }

  static Argon2Hash of(String password, Cost cost, byte[] salt) {
    return new Argon2Hash(cost, salt, compute(password, cost, salt, HASH_BYTES));
  }

  static Optional<Argon2Hash> parse(String phc) {
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Cost cost =
        new Cost(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
    Base64.Decoder decoder = Base64.getDecoder();
    return Optional.of(
        new Argon2Hash(cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5))));
  }

  boolean matches(String password) {
    return MessageDigest.isEqual(hash, compute(password, cost, salt, hash.length));
  }

  String phc() {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memory(),
            cost.passes(),
            cost.lanes(),
            encoder.encodeToString(salt),
            encoder.encodeToString(hash));
  }

  private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] out = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
    return out;
  }
}
