/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a ZIP archive's structure (APPNOTE.TXT 4.3) before anybody reads its content, and refuses
 * what lets two readers see two different archives: bytes in front, behind or between, a comment,
 * local names that differ from the directory's, and what is neither a file nor a folder. Archives
 * beyond 4 GB (ZIP64), encrypted and split ones are refused as well: no module needs them.
 */
final class CentralDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int DESCRIPTOR = 0x08074b50;

  private static final int ENCRYPTED = 1;
  private static final int HAS_DESCRIPTOR = 1 << 3;
  private static final int MADE_ON_UNIX = 3;
  private static final int KIND = 0xF000;
  private static final int FILE = 0x8000;
  private static final int FOLDER = 0x4000;

  /** What old Maven archivers write when they don't know. */
  private static final int UNKNOWN = 0xFFFF;

  private final byte[] bytes;

  private CentralDirectory(byte[] bytes) {
    this.bytes = bytes;
  }

  private record Entry(int flags, long compressed, long local, byte[] name) {}

  /**
   * @throws org.talka.api.error.DomainException INVALID, with what is wrong
   */
  static void check(byte[] archive) {
    try {
      new CentralDirectory(archive).check();
    } catch (IndexOutOfBoundsException cut) {
      throw ArchiveReader.refused("error.module.archive.zip");
    }
  }

  private void check() {
    if (bytes.length < END_SIZE) {
      throw ArchiveReader.refused("error.module.archive.zip");
    }
    int end = bytes.length - END_SIZE;
    if (number(end, 4) != END || number(end + 20, 2) != 0) {
      // the end may be further in front, with something behind it
      throw ArchiveReader.refused(
          isAnywhere(END) ? "error.module.archive.around" : "error.module.archive.zip");
    }
    long size = number(end + 12, 4);
    long start = number(end + 16, 4);
    boolean split = number(end + 4, 4) != 0 || number(end + 8, 2) != number(end + 10, 2);
    if (split || start == 0xFFFFFFFFL || size == 0xFFFFFFFFL) {
      throw ArchiveReader.refused("error.module.archive.zip");
    }
    if (start + size != end) {
      throw ArchiveReader.refused("error.module.archive.around");
    }
    contiguous(entries((int) start, end, (int) number(end + 10, 2)), start);
  }

  private boolean isAnywhere(int signature) {
    for (int at = bytes.length - END_SIZE; at >= 0; at--) {
      if (number(at, 4) == signature) {
        return true;
      }
    }
    return false;
  }

  private List<Entry> entries(int start, int end, int count) {
    List<Entry> entries = new ArrayList<>();
    int at = start;
    while (at < end) {
      if (number(at, 4) != ENTRY) {
        throw ArchiveReader.refused("error.module.archive.zip");
      }
      int name = (int) number(at + 28, 2);
      byte[] named = Arrays.copyOfRange(bytes, at + ENTRY_SIZE, at + ENTRY_SIZE + name);
      int flags = (int) number(at + 8, 2);
      if ((flags & ENCRYPTED) != 0) {
        throw ArchiveReader.refused("error.module.archive.zip");
      }
      plain(at, named);
      entries.add(new Entry(flags, number(at + 20, 4), number(at + 42, 4), named));
      at += ENTRY_SIZE + name + (int) number(at + 30, 2) + (int) number(at + 32, 2);
    }
    if (at != end || entries.size() != count) {
      throw ArchiveReader.refused("error.module.archive.zip");
    }
    return entries;
  }

  /** A link, a device or a pipe has no business in an archive. */
  private void plain(int at, byte[] name) {
    int mode = (int) (number(at + 38, 4) >>> 16);
    int kind = mode & KIND;
    boolean unix = bytes[at + 5] == MADE_ON_UNIX;
    if (unix && mode != UNKNOWN && kind != 0 && kind != FILE && kind != FOLDER) {
      throw ArchiveReader.refused(
          "error.module.archive.special",
          "entry",
          ArchiveReader.displayPath(new String(name, StandardCharsets.UTF_8)));
    }
  }

  /** One entry follows the other from the first byte on, and the directory follows the last. */
  private void contiguous(List<Entry> entries, long directory) {
    entries.sort(Comparator.comparingLong(Entry::local));
    long expected = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.local() != expected) {
        throw ArchiveReader.refused("error.module.archive.around");
      }
      int local = (int) entry.local();
      int name = (int) number(local + 26, 2);
      boolean same =
          number(local, 4) == LOCAL
              && Arrays.equals(
                  entry.name(),
                  Arrays.copyOfRange(bytes, local + LOCAL_SIZE, local + LOCAL_SIZE + name));
      if (!same) {
        throw ArchiveReader.refused("error.module.archive.zip");
      }
      long after = local + LOCAL_SIZE + name + number(local + 28, 2) + entry.compressed();
      long next = i + 1 < entries.size() ? entries.get(i + 1).local() : directory;
      boolean descriptor = (entry.flags() & HAS_DESCRIPTOR) != 0;
      expected = descriptor ? afterDescriptor(after, next) : after;
    }
    if (expected != directory) {
      throw ArchiveReader.refused("error.module.archive.around");
    }
  }

  /** Checksum and sizes that follow the data, with or without a signature in front of them. */
  private long afterDescriptor(long after, long next) {
    boolean signed = after + 4 <= bytes.length && number((int) after, 4) == DESCRIPTOR;
    return signed && next == after + 16 ? next : after + 12;
  }

  private long number(int at, int size) {
    long number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = number << 8 | bytes[at + i] & 0xFF;
    }
    return number;
  }
}
