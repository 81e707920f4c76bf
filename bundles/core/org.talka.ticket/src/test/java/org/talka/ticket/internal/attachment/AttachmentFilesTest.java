/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.attachment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentFilesTest {
  @TempDir Path folder;

  @Test
  void keepsTheSameBytesOnce() throws Exception {
    AttachmentFiles files = new AttachmentFiles(folder);
    byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);
    AttachmentStore.Kept first = files.keep(new ByteArrayInputStream(bytes), 100);
    AttachmentStore.Kept second = files.keep(new ByteArrayInputStream(bytes), 100);

    assertEquals(first, second);
    assertEquals(
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", first.sha256());
    assertEquals(1, count());
    try (InputStream in = files.open(first.sha256())) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
  }

  @Test
  void keepsNothingOfAFileThatIsTooLarge() throws Exception {
    AttachmentFiles files = new AttachmentFiles(folder);
    assertThrows(
        AttachmentStore.TooLargeException.class,
        () -> files.keep(new ByteArrayInputStream(new byte[50_000]), 40_000));
    assertEquals(0, count());
  }

  @Test
  void opensNothingButDigests() {
    AttachmentFiles files = new AttachmentFiles(folder);
    assertThrows(RuntimeException.class, () -> files.open("../../../etc/passwd").close());
  }

  @Test
  void knowsPicturesByTheirBytesAlone() throws Exception {
    AttachmentFiles files = new AttachmentFiles(folder);
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};
    byte[] svg = "<svg onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        Optional.of("image/png"), files.keep(new ByteArrayInputStream(png), 100).imageType());
    assertEquals(Optional.empty(), files.keep(new ByteArrayInputStream(svg), 100).imageType());
    assertEquals(
        Optional.of("image/webp"),
        ImageKind.of("RIFF0000WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1)));
  }

  private long count() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
