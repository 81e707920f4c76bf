/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.error.DomainException;

class DroppedFilesTest {
  @TempDir Path folder;

  private DroppedFiles files() {
    return new DroppedFiles(folder);
  }

  private void result(String file, String text, long second) throws Exception {
    Path result = Files.writeString(folder.resolve(file + ".result.txt"), text + "\n");
    Files.setLastModifiedTime(result, FileTime.from(Instant.ofEpochSecond(second)));
  }

  private Path reject(String file) throws Exception {
    Files.createDirectories(folder.resolve("rejected"));
    return Files.writeString(folder.resolve("rejected").resolve(file), "x");
  }

  @Test
  void tellsWhatBecameOfEachTheLatestFirst() throws Exception {
    result("good.jar", "Installed.", 10);
    result("bad.jar", "It is no archive.", 20);
    reject("bad.jar");
    assertEquals(
        List.of(
            new DroppedFiles.Dropped(
                "bad.jar", Instant.ofEpochSecond(20), true, "It is no archive."),
            new DroppedFiles.Dropped("good.jar", Instant.ofEpochSecond(10), false, "Installed.")),
        files().all());
    assertEquals(List.of(), new DroppedFiles(folder.resolve("not-there")).all());
  }

  @Test
  void forgetsOnlyWhatWasRefused() throws Exception {
    result("bad.jar", "It is no archive.", 20);
    Path rejected = reject("bad.jar");
    result("good.jar", "Installed.", 10);
    assertThrows(DomainException.class, () -> files().forget("good.jar"));
    assertThrows(DomainException.class, () -> files().forget("../rejected/bad.jar"));
    assertThrows(DomainException.class, () -> files().refused("unknown.jar"));
    assertEquals(rejected, files().refused("bad.jar"));
    files().forget("bad.jar");
    assertFalse(Files.exists(rejected));
    assertTrue(files().all().stream().noneMatch(DroppedFiles.Dropped::refused));
  }
}
