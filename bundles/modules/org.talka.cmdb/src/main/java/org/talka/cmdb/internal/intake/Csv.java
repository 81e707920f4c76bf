/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.talka.api.error.DomainException;

/**
 * Reads comma-separated values (RFC 4180), with a semicolon or a tab between them as well:
 * whichever the first line has most of. The first line names the columns. Holds one line at a time.
 */
final class Csv {
  /** A first line that is longer is no line of headings. */
  private static final int HEAD = 32_768;

  private static final int END = -1;

  private final PushbackReader in;
  private final RowSink sink;
  private final char separator;
  private long position;

  private Csv(Reader in, RowSink sink) throws IOException {
    this.in = new PushbackReader(in, HEAD);
    this.sink = sink;
    this.separator = separator();
  }

  /**
   * Hands the rows to the sink.
   *
   * @throws DomainException INVALID when it can't be read
   */
  static void read(Reader in, RowSink sink) throws IOException {
    new Csv(in, sink).rows();
  }

  /** Looks at the first line and puts it back. */
  private char separator() throws IOException {
    char[] head = new char[HEAD];
    int length = 0;
    int read = 0;
    while (length < HEAD && (read = in.read(head, length, HEAD - length)) > 0) {
      length += read;
      if (new String(head, length - read, read).indexOf('\n') >= 0) {
        break;
      }
    }
    int from = length > 0 && head[0] == '\uFEFF' ? 1 : 0;
    in.unread(head, from, length - from);
    String first = new String(head, from, length - from).lines().findFirst().orElse("");
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(first, candidate) > count(first, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String line, char c) {
    return line.chars().filter(found -> found == c).count();
  }

  private void rows() throws IOException {
    boolean headed = false;
    while (peek() != END) {
      List<String> line = line();
      if (line.stream().allMatch(String::isBlank)) {
        continue;
      }
      List<String> values = line.stream().map(String::strip).toList();
      if (!headed) {
        if (values.stream().distinct().count() < values.size()) {
          throw DomainException.invalid("text", "error.cmdb.csv.header");
        }
        sink.columns(values);
        headed = true;
      } else {
        sink.row(values);
      }
    }
  }

  private int next() throws IOException {
    position++;
    return in.read();
  }

  private int peek() throws IOException {
    int c = in.read();
    if (c != END) {
      in.unread(c);
    }
    return c;
  }

  private List<String> line() throws IOException {
    List<String> values = new ArrayList<>();
    while (true) {
      values.add(peek() == '"' ? quoted() : plain());
      sink.requireColumns(values.size());
      int c = next();
      if (c == '\r' && peek() == '\n') {
        next();
      }
      if (c != separator) {
        return values;
      }
    }
  }

  private String plain() throws IOException {
    StringBuilder value = new StringBuilder();
    while (!ends(peek())) {
      value.append((char) next());
      sink.requireLength(value.length());
    }
    return value.toString();
  }

  private String quoted() throws IOException {
    StringBuilder value = new StringBuilder();
    next();
    long began = position;
    int c;
    while ((c = next()) != END) {
      if (c != '"') {
        value.append((char) c);
        sink.requireLength(value.length());
      } else if (peek() == '"') {
        value.append((char) next());
      } else {
        // blanks between a quote and the separator are nobody's
        while (peek() == ' ') {
          next();
        }
        if (!ends(peek())) {
          break;
        }
        return value.toString();
      }
    }
    throw DomainException.invalid("text", "error.cmdb.csv.quote", "position", began);
  }

  private boolean ends(int c) {
    return c == separator || c == '\n' || c == '\r' || c == END;
  }
}
