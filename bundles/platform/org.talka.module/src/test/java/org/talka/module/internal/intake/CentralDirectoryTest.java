/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;

class CentralDirectoryTest {
  private final byte[] sound =
      TestJar.module("problem").entry("a.txt", "something ".repeat(50)).bytes();

  private static String refusal(byte[] archive) {
    DomainException refused =
        assertThrows(DomainException.class, () -> CentralDirectory.check(archive));
    String key = refused.fieldErrors().get(0).message().key();
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void takesWhatTheJdkWrites() throws Exception {
    assertDoesNotThrow(() -> CentralDirectory.check(sound));
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(stored)) {
      ZipEntry entry = new ZipEntry("plain");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(3);
      CRC32 sum = new CRC32();
      sum.update(ascii("abc"));
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(ascii("abc"));
      zip.putNextEntry(new ZipEntry("folder/"));
    }
    assertDoesNotThrow(() -> CentralDirectory.check(stored.toByteArray()));
  }

  @Test
  void refusesBytesAroundTheArchive() {
    assertEquals("around", refusal(joined(ascii("#!/bin/sh\n"), sound)));
    assertEquals("around", refusal(joined(sound, ascii("more"))));
    assertEquals("around", refusal(joined(sound, new byte[1])));
    assertEquals("around", refusal(joined(sound, sound)), "an archive behind an archive");
  }

  @Test
  void refusesACommentBecauseItCanHoldAnotherArchive() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a"));
      zip.setComment("hello");
    }
    assertEquals("around", refusal(out.toByteArray()));
  }

  @Test
  void refusesAnEntryThatTheDirectoryDoesNotName() {
    // a second archive's entries between the first one's entries and its directory
    int directory = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(sound.length - 6);
    byte[] hidden = ascii("hidden");
    byte[] with = new byte[sound.length + hidden.length];
    System.arraycopy(sound, 0, with, 0, directory);
    System.arraycopy(hidden, 0, with, directory, hidden.length);
    System.arraycopy(sound, directory, with, directory + hidden.length, sound.length - directory);
    ByteBuffer.wrap(with)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(with.length - 6, directory + hidden.length);
    assertEquals("around", refusal(with));
  }

  @Test
  void refusesALocalNameThatDiffersFromTheDirectorys() {
    byte[] other = sound.clone();
    int at = new String(other, StandardCharsets.ISO_8859_1).indexOf("a.txt");
    other[at] = 'b';
    assertEquals("zip", refusal(other));
  }

  @Test
  void refusesLinksAndDevices() {
    for (int kind : new int[] {0xA000, 0x2000, 0x1000, 0x6000, 0xC000}) {
      assertEquals("special", refusal(withMode(kind | 0644)));
    }
    assertDoesNotThrow(() -> CentralDirectory.check(withMode(0x8000 | 0644)));
    assertDoesNotThrow(() -> CentralDirectory.check(withMode(0x4000 | 0755)));
    assertDoesNotThrow(() -> CentralDirectory.check(withMode(0xFFFF)));
  }

  /** The first entry as if it had been made on Unix with this mode. */
  private byte[] withMode(int mode) {
    byte[] marked = sound.clone();
    ByteBuffer bytes = ByteBuffer.wrap(marked).order(ByteOrder.LITTLE_ENDIAN);
    int directory = bytes.getInt(marked.length - 6);
    marked[directory + 5] = 3;
    bytes.putInt(directory + 38, mode << 16);
    return marked;
  }

  @Test
  void refusesWhatIsCutOffOrNoArchive() {
    assertEquals("zip", refusal(new byte[0]));
    assertEquals("zip", refusal(ascii("nonsense that is longer than an end record")));
    assertEquals("zip", refusal(java.util.Arrays.copyOf(sound, sound.length / 2)));
  }
}
