/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files as the bundle has them: our own and the libraries that the build unpacked. */
final class Packaged {
  static final Path RESOURCES = Path.of("src/main/resources");

  private Packaged() {}

  static StaticFiles files() {
    Map<String, byte[]> files = new TreeMap<>();
    read(RESOURCES.resolve("static"), "", files);
    Path libraries = Path.of(System.getProperty("web.libraries"));
    for (String library : List.of("lit", "lit-html", "lit-element", "reactive-element")) {
      String version = System.getProperty(library.replace('-', '.') + ".version");
      read(libraries.resolve(library).resolve(version), "lib/" + library + "/", files);
    }
    return new StaticFiles(files);
  }

  private static void read(Path folder, String prefix, Map<String, byte[]> into) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        into.put(
            prefix + folder.relativize(file).toString().replace('\\', '/'),
            Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
