/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The public key of somebody who makes modules (Ed25519, RFC 8032), as a file of the trust folder:
 *
 * <pre>
 * id = 3f2a9c0d11e4b7a8
 * maker = Example Ltd
 * key = MCowBQYDK2VwAyEA…
 * modules = example, example-cmdb
 * </pre>
 *
 * @param id the first 16 hexadecimal digits of the SHA-256 of the encoded key
 * @param modules beginnings of the module ids that it may sign: {@code example} allows {@code
 *     example} and {@code example-…}; {@code *} allows all, none allows none
 */
public record TrustedKey(String id, String maker, PublicKey key, List<String> modules) {
  public static final String ALGORITHM = "Ed25519";

  public TrustedKey {
    modules = List.copyOf(modules);
  }

  public static TrustedKey of(String maker, PublicKey key, List<String> modules) {
    return new TrustedKey(idOf(key), maker, key, modules);
  }

  public static String idOf(PublicKey key) {
    return ArchiveReader.digest(key.getEncoded()).substring(0, 16);
  }

  /**
   * @throws IllegalArgumentException if it is no such file, with what is wrong
   */
  public static TrustedKey read(String file) {
    Map<String, String> said = new LinkedHashMap<>();
    for (String line : file.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (!line.isEmpty() && !line.startsWith("#")) {
        if (equals < 0
            || said.put(name(line, equals), line.substring(equals + 1).strip()) != null) {
          throw new IllegalArgumentException("not understood: " + line);
        }
      }
    }
    PublicKey key = key(said.getOrDefault("key", ""));
    String id = said.getOrDefault("id", idOf(key));
    if (!id.equals(idOf(key))) {
      throw new IllegalArgumentException("the id of this key is " + idOf(key) + ", not " + id);
    }
    List<String> modules =
        Arrays.stream(said.getOrDefault("modules", "").split(","))
            .map(String::strip)
            .filter(prefix -> !prefix.isEmpty())
            .toList();
    return new TrustedKey(id, said.getOrDefault("maker", id), key, modules);
  }

  private static String name(String line, int equals) {
    return line.substring(0, equals).strip();
  }

  private static PublicKey key(String base64) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException("key is no Ed25519 key in Base64 (X.509)", wrong);
    }
  }

  /** The file's content. */
  public byte[] write() {
    String file =
        "id = %s\nmaker = %s\nkey = %s\nmodules = %s\n"
            .formatted(
                id,
                maker,
                Base64.getEncoder().encodeToString(key.getEncoded()),
                String.join(", ", modules));
    return file.getBytes(StandardCharsets.UTF_8);
  }

  boolean maySign(String module) {
    return modules.stream()
        .anyMatch(
            prefix ->
                prefix.equals("*") || module.equals(prefix) || module.startsWith(prefix + "-"));
  }

  boolean verifies(byte[] content, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException noSignature) {
      return false;
    }
  }
}
