/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.talka.api.error.DomainException;

/**
 * Reads rows out of JSON (RFC 8259): a list of objects, or an object with one under {@code items}.
 * Values are texts, numbers, truth values or null; holds one row at a time, so that a file may be
 * longer than what fits into memory.
 */
final class JsonRows {
  private static final int END = -1;
  private static final int DEEPEST = 50;
  private static final String ITEMS = "items";

  private final PushbackReader in;
  private final RowSink sink;

  private JsonRows(Reader in, RowSink sink) {
    this.in = new PushbackReader(in, 1);
    this.sink = sink;
  }

  /**
   * Hands the rows to the sink.
   *
   * @throws DomainException INVALID when it is no such JSON
   */
  static void read(Reader in, RowSink sink) throws IOException {
    new JsonRows(in, sink).document();
  }

  private void document() throws IOException {
    boolean found = peek() == '[';
    if (found) {
      list();
    } else {
      expect('{');
      boolean more = peek() != '}';
      while (more) {
        String name = string();
        expect(':');
        if (name.equals(ITEMS) && !found) {
          list();
          found = true;
        } else {
          skip(0);
        }
        more = follows();
      }
      expect('}');
    }
    if (!found || peek() != END) {
      throw wrong();
    }
  }

  private void list() throws IOException {
    expect('[');
    boolean more = peek() != ']';
    while (more) {
      row();
      more = follows();
    }
    expect(']');
  }

  private void row() throws IOException {
    List<String> values = new ArrayList<>();
    expect('{');
    boolean more = peek() != '}';
    while (more) {
      int at = sink.column(string().strip());
      expect(':');
      String value = scalar();
      while (values.size() <= at) {
        values.add("");
      }
      values.set(at, value.strip());
      more = follows();
    }
    expect('}');
    sink.row(values);
  }

  /** Whether another one comes after a comma. */
  private boolean follows() throws IOException {
    if (peek() != ',') {
      return false;
    }
    in.read();
    return true;
  }

  /** A value as a text, empty for null. */
  private String scalar() throws IOException {
    int c = peek();
    if (c == '"') {
      return string();
    }
    if (c == '{' || c == '[') {
      throw DomainException.invalid("text", "error.cmdb.file.nested", "row", sink.count() + 1);
    }
    String word = word();
    if (word.equals("null")) {
      return "";
    }
    if (!word.matches("true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw wrong();
    }
    return word;
  }

  private String word() throws IOException {
    StringBuilder word = new StringBuilder();
    int c = in.read();
    while (c != END && (Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.')) {
      word.append((char) c);
      sink.requireLength(word.length());
      c = in.read();
    }
    if (c != END) {
      in.unread(c);
    }
    return word.toString();
  }

  private void skip(int depth) throws IOException {
    int c = peek();
    if (c != '{' && c != '[') {
      scalar();
      return;
    }
    if (depth == DEEPEST) {
      throw wrong();
    }
    in.read();
    char close = c == '{' ? '}' : ']';
    boolean more = peek() != close;
    while (more) {
      if (c == '{') {
        string();
        expect(':');
      }
      skip(depth + 1);
      more = follows();
    }
    expect(close);
  }

  private String string() throws IOException {
    expect('"');
    StringBuilder text = new StringBuilder();
    int c;
    while ((c = in.read()) != '"') {
      if (c < ' ') {
        throw wrong();
      }
      text.append(c == '\\' ? escaped() : (char) c);
      sink.requireLength(text.length());
    }
    return text.toString();
  }

  private char escaped() throws IOException {
    int c = in.read();
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong();
    };
  }

  private char unicode() throws IOException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(in.read(), 16);
      if (digit < 0) {
        throw wrong();
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  /** The next character that is no blank, left where it is. */
  private int peek() throws IOException {
    int c = in.read();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\uFEFF') {
      c = in.read();
    }
    if (c != END) {
      in.unread(c);
    }
    return c;
  }

  private void expect(char c) throws IOException {
    if (peek() != c) {
      throw wrong();
    }
    in.read();
  }

  private DomainException wrong() {
    return DomainException.invalid("text", "error.cmdb.file.json", "row", sink.count() + 1);
  }
}
