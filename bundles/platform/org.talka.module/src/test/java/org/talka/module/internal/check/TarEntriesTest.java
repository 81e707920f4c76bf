/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarEntriesTest {
  @ParameterizedTest
  @ValueSource(strings = {"ustar", "gnu", "pax"})
  void findsEveryFileAsItWasPacked(String format, @TempDir Path folder) throws Exception {
    Random random = new Random(3);
    Map<String, byte[]> files = new TreeMap<>();
    int[] sizes = {0, 1, 511, 512, 513, 100_000};
    for (int size : sizes) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      files.put("root/" + "a-folder-with-a-name/".repeat(5) + "file-" + size, content);
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Process tar =
        new ProcessBuilder("tar", "--format=" + format, "-cf", "all.tar", "root")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    Map<String, byte[]> found = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(folder.resolve("all.tar"))) {
      TarEntries entries = new TarEntries(in);
      boolean read = true;
      for (Optional<String> path = entries.next(); path.isPresent(); path = entries.next()) {
        // what is not read is passed over
        found.put(path.get(), read ? entries.content().readAllBytes() : files.get(path.get()));
        read = !read;
      }
    }
    assertEquals(files.keySet(), new TreeMap<>(found).keySet());
    files.forEach((path, content) -> assertArrayEquals(content, found.get(path), path));
  }

  @Test
  void refusesWhatIsNoTar() {
    byte[] text = "x".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
    assertThrows(IOException.class, () -> new TarEntries(new ByteArrayInputStream(text)).next());
    assertTrue(assertThrowsNothing(new byte[0]).isEmpty(), "nothing is an archive without files");
  }

  private static Optional<String> assertThrowsNothing(byte[] bytes) {
    try {
      return new TarEntries(new ByteArrayInputStream(bytes)).next();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
