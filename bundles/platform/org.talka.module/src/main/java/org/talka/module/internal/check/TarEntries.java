/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The files of a tar archive in the order in which they come (POSIX.1-2001, pax; also GNU's long
 * names). Reads only forward and unpacks nothing. For one thread.
 */
final class TarEntries {
  private static final int BLOCK = 512;
  private static final int MOST_HEADER = 1 << 16;

  /** Of all files together: what is longer was packed to keep somebody busy. */
  private static final long MOST_BYTES = 2L << 30;

  private final InputStream in;
  private long left;
  private long padding;
  private long total;

  TarEntries(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next file.
   *
   * @return its path; absent at the end
   */
  Optional<String> next() throws IOException {
    String longName = null;
    while (true) {
      skip(left + padding);
      left = 0;
      padding = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return Optional.empty();
      }
      left = octal(header, 124, 12);
      padding = (BLOCK - left % BLOCK) % BLOCK;
      total += left;
      if (total > MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes");
      }
      char type = (char) header[156];
      if (type == 'x') {
        longName = paxPath(text());
      } else if (type == 'L') {
        longName = text().replace("\0", "");
      } else if (type == '0' || type == 0) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return Optional.of(
            longName != null ? longName : prefix.isEmpty() ? name : prefix + "/" + name);
      } else if (type != 'g') {
        longName = null;
      }
    }
  }

  /** The content of the file that was come to; ends with it. Not to be closed. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (left == 0) {
          return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
          throw new EOFException();
        }
        left -= read;
        return read;
      }
    };
  }

  /** What describes the next file. */
  private String text() throws IOException {
    if (left > MOST_HEADER) {
      throw new IOException("a header of " + left + " bytes");
    }
    return new String(content().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Of records {@code <length> <key>=<value>\n}. */
  private static String paxPath(String records) {
    return records
        .lines()
        .filter(line -> line.contains(" path="))
        .map(line -> line.substring(line.indexOf(" path=") + " path=".length()))
        .findFirst()
        .orElse(null);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) throws IOException {
    String digits = text(header, from, length).strip();
    try {
      long value = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      if (value < 0) {
        throw new IOException("a negative size");
      }
      return value;
    } catch (NumberFormatException none) {
      throw new IOException("no tar archive", none);
    }
  }

  private void skip(long bytes) throws IOException {
    in.skipNBytes(bytes);
  }
}
