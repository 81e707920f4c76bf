/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive says about its own content: the digest list {@code META-INF/TALKA.SHA256} (a line
 * for each file but itself and the signature: SHA-256 in hexadecimal, two spaces, path) and the
 * detached signature {@code META-INF/TALKA.SIG} over the list's bytes (key id, space, Base64).
 *
 * @param wrong a file that is not as the list says, is not in it, or is missing
 * @param list its bytes; empty when there is none
 */
public record Seal(Optional<String> wrong, Optional<Signed> signature, byte[] list) {
  public static final String LIST = "META-INF/TALKA.SHA256";
  public static final String SIGNATURE = "META-INF/TALKA.SIG";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S.*)");
  private static final Pattern SIGNATURE_LINE =
      Pattern.compile("([0-9a-f]{16}) +([A-Za-z0-9+/]{86}==)");

  /**
   * @param key id of the key; empty when the file can't be read
   */
  public record Signed(String key, byte[] bytes) {}

  /** The list for these files: its bytes are what is signed. */
  public static byte[] list(Map<String, String> digests) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(digests)
        .forEach(
            (path, digest) -> {
              if (isListed(path)) {
                lines.append(digest).append("  ").append(path).append('\n');
              }
            });
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The content of the signature's file. */
  public static byte[] signature(String key, byte[] bytes) {
    return (key + " " + Base64.getEncoder().encodeToString(bytes) + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isListed(String path) {
    return !path.equals(LIST) && !path.equals(SIGNATURE);
  }

  static Seal of(Map<String, byte[]> contents, Map<String, String> digests) {
    byte[] list = contents.get(LIST);
    Optional<Signed> signature = Optional.ofNullable(contents.get(SIGNATURE)).map(Seal::signed);
    if (list == null) {
      // a signature over nothing
      return new Seal(signature.map(none -> LIST), signature, new byte[0]);
    }
    return new Seal(wrong(list, digests), signature, list);
  }

  private static Signed signed(byte[] file) {
    Matcher line = SIGNATURE_LINE.matcher(new String(file, StandardCharsets.ISO_8859_1).strip());
    return line.matches()
        ? new Signed(line.group(1), Base64.getDecoder().decode(line.group(2)))
        : new Signed("", new byte[0]);
  }

  private static Optional<String> wrong(byte[] list, Map<String, String> digests) {
    List<String> lines = new ArrayList<>(List.of(text(list).split("\n")));
    lines.removeIf(String::isBlank);
    Set<String> listed = new TreeSet<>();
    for (String line : lines) {
      Matcher read = LINE.matcher(line.stripTrailing());
      if (!read.matches() || !listed.add(read.group(2))) {
        return Optional.of(LIST);
      }
      if (!isListed(read.group(2)) || !read.group(1).equals(digests.get(read.group(2)))) {
        return Optional.of(read.group(2));
      }
    }
    return digests.keySet().stream()
        .filter(path -> isListed(path) && !listed.contains(path))
        .findFirst();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
