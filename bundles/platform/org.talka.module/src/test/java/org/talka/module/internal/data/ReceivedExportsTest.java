/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedExportsTest {
  @Test
  void removesWhatWasReceivedLongAgo(@TempDir Path folder) throws Exception {
    Instant now = Instant.now();
    Path old = Files.writeString(folder.resolve("old.zip"), "x");
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(31))));
    Path recent = Files.writeString(folder.resolve("recent.zip"), "x");
    ModuleRecords.tidy(folder, now.minus(Duration.ofDays(30)));
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(recent));
  }
}
