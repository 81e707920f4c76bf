/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What an archive holds: all names, the digest of each file, and the content of those that somebody
 * reads. Nothing is unpacked by name. JARs inside count with their content, one level deep.
 */
final class ArchiveEntries {
  private final ArchiveLimits limits;
  private final Predicate<String> wanted;
  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, String> digests = new TreeMap<>();
  private final Map<String, Set<String>> inner = new TreeMap<>();
  private final long most;
  private long expanded;
  private long described;
  private long held;
  private int count;

  private ArchiveEntries(ArchiveLimits limits, Predicate<String> wanted, int compressed) {
    this.limits = limits;
    this.wanted = wanted;
    this.most = limits.expanded(compressed);
  }

  /**
   * @param wanted paths whose content is kept
   */
  static ArchiveEntries read(byte[] archive, ArchiveLimits limits, Predicate<String> wanted) {
    CentralDirectory.check(archive);
    ArchiveEntries entries = new ArchiveEntries(limits, wanted, archive.length);
    entries.read(archive, "");
    return entries;
  }

  /** Of the wanted files. */
  Map<String, byte[]> contents() {
    return contents;
  }

  /** SHA-256 in hexadecimal of each file, by path. */
  Map<String, String> digests() {
    return digests;
  }

  /** Paths of all files. */
  Set<String> names() {
    return digests.keySet();
  }

  /** Paths of the files in each JAR inside. */
  Map<String, Set<String>> inner() {
    return inner;
  }

  private void read(byte[] archive, String jar) {
    Path file = null;
    try {
      // what the framework will see is the archive's directory, not what stands before the entries
      file = Files.createTempFile("talka-intake", ".jar");
      Files.write(file, archive);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        read(zip, jar);
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw ArchiveReader.refused("error.module.archive.zip");
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException stays) {
        file.toFile().deleteOnExit();
      }
    }
  }

  private void read(ZipFile zip, String jar) throws IOException {
    Set<String> names = new HashSet<>();
    count += zip.size();
    if (count > limits.entries()) {
      throw ArchiveReader.refused("error.module.archive.entries", "limit", limits.entries());
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String path = entry.getName();
      contained(path);
      if (!names.add(path.toLowerCase(Locale.ROOT))) {
        throw ArchiveReader.refused(
            "error.module.archive.twice", "entry", ArchiveReader.displayPath(path));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        if (jar.isEmpty()) {
          own(path, entry.isDirectory(), in);
        } else {
          expand(in, null, 0);
          inner.get(jar).add(path);
        }
      }
    }
    if (names.isEmpty() && jar.isEmpty()) {
      throw ArchiveReader.refused("error.module.archive.zip");
    }
  }

  private void own(String path, boolean folder, InputStream in) throws IOException {
    boolean jar = path.endsWith(".jar");
    boolean kept = wanted.test(path);
    MessageDigest digest = ArchiveReader.sha256();
    ByteArrayOutputStream bytes = kept || jar ? new ByteArrayOutputStream() : null;
    long room = jar ? limits.bytes() - held : limits.described() - described;
    expand(new DigestInputStream(in, digest), bytes, room);
    if (!folder) {
      digests.put(path, HexFormat.of().formatHex(digest.digest()));
    }
    if (kept) {
      contents.put(path, bytes.toByteArray());
      described += jar ? 0 : bytes.size();
    }
    if (jar) {
      held += bytes.size();
      inner.put(path, new HashSet<>());
      read(bytes.toByteArray(), path);
    }
  }

  /** Counts the bytes without holding those that nobody wants: they may be more than the memory. */
  private void expand(InputStream zip, ByteArrayOutputStream kept, long room) throws IOException {
    byte[] some = new byte[8192];
    for (int read = zip.read(some); read >= 0; read = zip.read(some)) {
      expanded += read;
      if (expanded > most || kept != null && kept.size() + read > room) {
        throw ArchiveReader.refused("error.module.archive.bomb");
      }
      if (kept != null) {
        kept.write(some, 0, read);
      }
    }
  }

  private static void contained(String path) {
    List<String> parts = List.of(path.split("/"));
    boolean climbs =
        path.isEmpty()
            || path.startsWith("/")
            || path.contains("\\")
            || path.contains(":")
            || path.chars().anyMatch(c -> c < ' ')
            || parts.contains("..")
            || parts.contains(".");
    if (climbs) {
      throw ArchiveReader.refused("error.module.archive.path");
    }
  }
}
