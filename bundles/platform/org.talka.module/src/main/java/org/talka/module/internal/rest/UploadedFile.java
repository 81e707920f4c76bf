/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.text.Text;
import org.talka.module.internal.intake.ArchiveLimits;

/**
 * The part {@code file} of a multipart/form-data body (RFC 7578). An archive has to be in memory as
 * a whole anyway, to be checked and stored, so the body is read at once, bounded.
 */
record UploadedFile(String name, byte[] content) {
  /** What may stand around the file: other parts, headers, boundaries. */
  private static final int AROUND = 64 * 1024;

  private static final int LONGEST_HEADERS = 8 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
  private static final Pattern FIELD = Pattern.compile("(?i)[;\\s]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("(?i)[;\\s]filename=\"([^\"]*)\"");
  private static final byte[] BLANK_LINE = ascii("\r\n\r\n");

  static UploadedFile read(String contentType, InputStream in) {
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!boundary.find()) {
      throw DomainException.malformed("error.module.upload");
    }
    String mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    return part(bounded(in), ascii("--" + mark));
  }

  private static byte[] bounded(InputStream in) {
    int most = ArchiveLimits.STANDARD.bytes() + AROUND;
    try {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw new DomainException(
            ErrorKind.TOO_LARGE,
            Text.of(
                "error.module.archive.size",
                "limit",
                ArchiveLimits.STANDARD.bytes() / (1024 * 1024) + " MB"));
      }
      return body;
    } catch (IOException broken) {
      throw DomainException.malformed("error.module.upload");
    }
  }

  private static UploadedFile part(byte[] body, byte[] mark) {
    int at = indexOf(body, mark, 0);
    while (at >= 0) {
      int headers = at + mark.length;
      int content = indexOf(body, BLANK_LINE, headers);
      int end = indexOf(body, withLine(mark), Math.max(headers, content));
      if (content < 0 || end < 0 || content - headers > LONGEST_HEADERS) {
        break;
      }
      String said = new String(body, headers, content - headers, StandardCharsets.UTF_8);
      Matcher field = FIELD.matcher(said);
      if (field.find() && field.group(1).equals("file")) {
        Matcher file = FILE.matcher(said);
        return new UploadedFile(
            file.find() ? file.group(1) : "module.jar",
            Arrays.copyOfRange(body, content + BLANK_LINE.length, end));
      }
      at = end + 2;
    }
    throw DomainException.invalid("file", "error.module.upload.file");
  }

  /** Inside the body a boundary stands at the beginning of a line. */
  private static byte[] withLine(byte[] mark) {
    return ascii("\r\n" + new String(mark, StandardCharsets.ISO_8859_1));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int indexOf(byte[] body, byte[] wanted, int from) {
    int last = body.length - wanted.length;
    for (int i = from; i <= last; i++) {
      if (body[i] == wanted[0]
          && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
