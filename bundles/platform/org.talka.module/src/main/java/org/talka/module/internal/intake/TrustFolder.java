/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of those who are trusted, {@code *.pub}, one a file ({@link TrustedKey}). Read again
 * when a file changed, so that a key counts, or no longer counts, at once. A file that can't be
 * read is reported and left out.
 */
public final class TrustFolder implements Trust {
  private static final Logger LOG = LoggerFactory.getLogger(TrustFolder.class);

  private final Path folder;
  private Map<Path, FileTime> seen = Map.of();
  private Map<String, TrustedKey> keys = Map.of();

  public TrustFolder(Path folder) {
    this.folder = folder;
  }

  /** Trusts these keys and no others. */
  public static Trust trusting(TrustedKey... keys) {
    Map<String, TrustedKey> known = new HashMap<>();
    for (TrustedKey key : keys) {
      known.put(key.id(), key);
    }
    return archive ->
        verify(archive.seal(), archive.id(), id -> Optional.ofNullable(known.get(id)));
  }

  @Override
  public Assessment verify(ModuleArchive archive) {
    return verify(archive.seal(), archive.id());
  }

  Assessment verify(Seal seal, String module) {
    return verify(seal, module, this::key);
  }

  private static Assessment verify(
      Seal seal, String module, Function<String, Optional<TrustedKey>> keys) {
    if (seal.wrong().isPresent()) {
      return new Assessment(
          Verdict.DIGEST_MISMATCH, "", "", ArchiveReader.displayPath(seal.wrong().get()));
    }
    if (seal.signature().isEmpty()) {
      return Assessment.of(Verdict.UNSIGNED);
    }
    Seal.Signed signature = seal.signature().get();
    if (signature.key().isEmpty()) {
      return Assessment.of(Verdict.WRONG_SIGNATURE);
    }
    return keys.apply(signature.key())
        .map(key -> verify(seal, signature, key, module))
        .orElse(new Assessment(Verdict.UNKNOWN_KEY, "", signature.key(), ""));
  }

  private static Assessment verify(
      Seal seal, Seal.Signed signature, TrustedKey key, String module) {
    Verdict verdict =
        !key.verifies(seal.list(), signature.bytes())
            ? Verdict.WRONG_SIGNATURE
            : key.maySign(module) ? Verdict.SIGNED : Verdict.PREFIX_NOT_ALLOWED;
    return new Assessment(verdict, key.maker(), key.id(), "");
  }

  private synchronized Optional<TrustedKey> key(String id) {
    Map<Path, FileTime> now = files();
    if (!now.equals(seen)) {
      keys = read(now);
      seen = now;
    }
    return Optional.ofNullable(keys.get(id));
  }

  private Map<Path, FileTime> files() {
    Map<Path, FileTime> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> paths = Files.list(folder)) {
        for (Path path : paths.filter(file -> file.toString().endsWith(".pub")).toList()) {
          files.put(path, Files.getLastModifiedTime(path));
        }
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
    return files;
  }

  private static Map<String, TrustedKey> read(Map<Path, FileTime> files) {
    Map<String, TrustedKey> read = new HashMap<>();
    for (Path file : files.keySet()) {
      try {
        TrustedKey key = TrustedKey.read(Files.readString(file, StandardCharsets.UTF_8));
        if (read.putIfAbsent(key.id(), key) != null) {
          LOG.warn("{} is left out: another file holds the same key", file);
        }
      } catch (IOException | IllegalArgumentException wrong) {
        LOG.warn("{} is left out: {}", file, wrong.getMessage());
      }
    }
    return Map.copyOf(read);
  }
}
