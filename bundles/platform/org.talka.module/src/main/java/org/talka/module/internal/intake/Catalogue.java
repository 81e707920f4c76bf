/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;

/**
 * The modules that came with the distribution: {@code modules/*.jar} and {@code *.kar}, each with
 * its digest in {@code modules/digests.sha256} ({@code <hex> <file name>} a line). What does not
 * match is not offered. Read again only when a file changed.
 */
public final class Catalogue {
  static final String DIGESTS = "digests.sha256";

  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

  private final Path folder;
  private final ArchiveReader reader;
  private Map<String, FileTime> seen = Map.of();
  private Map<String, ModuleArchive> offered = Map.of();

  public Catalogue(Path folder, ArchiveReader reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /** By id, the newest version of each. */
  public synchronized List<ModuleArchive> offered() {
    Map<String, FileTime> now = files();
    if (!now.equals(seen)) {
      offered = read(now);
      seen = now;
    }
    return List.copyOf(offered.values());
  }

  public Optional<ModuleArchive> offered(String module) {
    return offered().stream().filter(archive -> archive.id().equals(module)).findFirst();
  }

  /** Whether an archive of this digest came with the distribution. */
  boolean holds(String digest) {
    return offered().stream().anyMatch(offer -> offer.digest().equals(digest));
  }

  private Map<String, FileTime> files() {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    Map<String, FileTime> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        if (isArchive(name) || name.equals(DIGESTS)) {
          files.put(name, Files.getLastModifiedTime(path));
        }
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    return files;
  }

  private static boolean isArchive(String name) {
    return name.endsWith(".jar") || name.endsWith(".kar");
  }

  private Map<String, ModuleArchive> read(Map<String, FileTime> files) {
    Map<String, String> digests = digests();
    Map<String, ModuleArchive> found = new TreeMap<>();
    for (String name : files.keySet()) {
      if (isArchive(name)) {
        archive(name, digests)
            .ifPresent(archive -> found.merge(archive.id(), archive, Catalogue::newer));
      }
    }
    return found;
  }

  private static ModuleArchive newer(ModuleArchive one, ModuleArchive other) {
    return new org.osgi.framework.Version(one.version())
                .compareTo(new org.osgi.framework.Version(other.version()))
            >= 0
        ? one
        : other;
  }

  private Optional<ModuleArchive> archive(String name, Map<String, String> digests) {
    try {
      byte[] content = Files.readAllBytes(folder.resolve(name));
      if (!ArchiveReader.digest(content).equals(digests.get(name))) {
        LOG.warn("{} is not offered: its digest is not the one in {}", name, DIGESTS);
        return Optional.empty();
      }
      return Optional.of(reader.read(name, content));
    } catch (IOException | DomainException wrong) {
      LOG.warn("{} is not offered: {}", name, wrong.getMessage());
      return Optional.empty();
    }
  }

  private Map<String, String> digests() {
    Map<String, String> digests = new HashMap<>();
    Path file = folder.resolve(DIGESTS);
    if (Files.isRegularFile(file)) {
      try {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          String[] parts = line.strip().split("\\s+\\*?", 2);
          if (parts.length == 2) {
            Path named = Path.of(parts[1]).getFileName();
            digests.put(named.toString(), parts[0].toLowerCase(java.util.Locale.ROOT));
          }
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return digests;
  }
}
