/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The assembled archive, unpacked: what a user has on disk. */
final class Distribution {
  private static final Path ARCHIVE = Path.of(System.getProperty("talka.distribution"));
  private static final Path WORK = Path.of(System.getProperty("talka.work"));

  private Distribution() {}

  static Path archive() {
    return ARCHIVE;
  }

  static Path work() {
    return WORK;
  }

  /** A fresh copy under this name. */
  static Path unpack(String name) {
    try {
      Path folder = WORK.resolve(name);
      delete(folder);
      Files.createDirectories(folder);
      Process tar =
          new ProcessBuilder("tar", "-xzf", ARCHIVE.toString(), "--strip-components=1")
              .directory(folder.toFile())
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IllegalStateException("tar could not unpack " + ARCHIVE);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every bundle of the distribution: its system repository and its modules. */
  static List<Path> bundles(Path distribution) {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("system", "modules")) {
      try (Stream<Path> files = Files.walk(distribution.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  static java.util.jar.Manifest manifest(Path jar) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(jar));
        java.util.jar.JarInputStream entries = new java.util.jar.JarInputStream(in)) {
      java.util.jar.Manifest manifest = entries.getManifest();
      if (manifest != null) {
        return manifest;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(jar.toString(), e);
    }
    try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
      return file.getManifest() == null ? new java.util.jar.Manifest() : file.getManifest();
    } catch (IOException e) {
      throw new UncheckedIOException(jar.toString(), e);
    }
  }

  /** The first warnings and errors that a server has written to the log of its data folder. */
  static List<String> complaints(Path data) throws IOException {
    try (Stream<String> lines = Files.lines(data.resolve("log").resolve("talka.log"))) {
      return lines
          .filter(line -> line.contains("| WARN") || line.contains("| ERROR"))
          .limit(20)
          .toList();
    }
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
