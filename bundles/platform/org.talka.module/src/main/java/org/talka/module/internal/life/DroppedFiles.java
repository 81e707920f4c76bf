/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.talka.api.error.DomainException;

/**
 * What became of the files that were dropped into the folder, as it stands beside them: a result
 * for each, and those that were refused in {@code rejected/}. Thread-safe: the folder is the state.
 */
public final class DroppedFiles {
  static final String RESULT = ".result.txt";
  private static final int MOST = 100;
  private static final int MOST_WORDS = 4_000;

  private final Path folder;

  DroppedFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * What became of one.
   *
   * @param refused whether the file still lies there, because it was not installed
   * @param text in English, as beside the file
   */
  public record Dropped(String file, Instant at, boolean refused, String text) {}

  /** The latest first. */
  public List<Dropped> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(RESULT))
          .map(this::dropped)
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(Dropped::at).reversed())
          .limit(MOST)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Optional<Dropped> dropped(Path result) {
    String name = result.getFileName().toString();
    String file = name.substring(0, name.length() - RESULT.length());
    try {
      String text = Files.readString(result, StandardCharsets.UTF_8).strip();
      return Optional.of(
          new Dropped(
              file,
              Files.getLastModifiedTime(result).toInstant(),
              Files.isRegularFile(rejected(file)),
              text.substring(0, Math.min(text.length(), MOST_WORDS))));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private Path rejected(String file) {
    return folder.resolve("rejected").resolve(file);
  }

  /**
   * A file that was refused.
   *
   * @throws DomainException NOT_FOUND
   */
  public Path refused(String file) {
    return all().stream()
        .filter(dropped -> dropped.refused() && dropped.file().equals(file))
        .findFirst()
        .map(dropped -> rejected(file))
        .orElseThrow(() -> DomainException.notFound("error.module.dropped"));
  }

  /** Removes a file that was refused, and what is said of it. */
  public void forget(String file) {
    Path refused = refused(file);
    try {
      Files.deleteIfExists(refused);
      Files.deleteIfExists(folder.resolve(file + RESULT));
    } catch (IOException locked) {
      throw new UncheckedIOException(locked);
    }
  }
}
