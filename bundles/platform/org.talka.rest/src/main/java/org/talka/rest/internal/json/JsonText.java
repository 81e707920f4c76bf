/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.json;

import org.talka.api.error.DomainException;

/**
 * Looks through a JSON document before it is parsed for what no field may hold and no parser minds:
 * U+0000 (PostgreSQL can't store it), lone surrogates (no text at all), encodings other than UTF-8,
 * and exponents that would make a number of a million digits out of ten characters.
 */
final class JsonText {
  private static final int MAX_EXPONENT_DIGITS = 3;

  private JsonText() {}

  /**
   * @throws DomainException MALFORMED
   */
  static void check(byte[] json) {
    boolean string = false;
    for (int i = 0; i < json.length; i++) {
      byte b = json[i];
      if (b == 0) {
        throw refused();
      }
      if (b == (byte) 0xED && i + 1 < json.length && (json[i + 1] & 0xE0) == 0xA0) {
        throw refused(); // a surrogate written as three bytes
      }
      if (b == '"') {
        string = !string;
      } else if (string && b == '\\') {
        i = escape(json, i);
      } else if (!string && (b == 'e' || b == 'E') && i > 0 && isDigit(json[i - 1])) {
        i = exponent(json, i);
      }
    }
  }

  /** Checks the escape that begins at {@code at}; the index of its last byte. */
  private static int escape(byte[] json, int at) {
    if (at + 1 >= json.length || json[at + 1] != 'u') {
      return at + 1;
    }
    int unit = unit(json, at);
    if (unit < 0) {
      return at + 1; // no four digits: the parser will say so
    }
    if (unit == 0 || Character.isLowSurrogate((char) unit)) {
      throw refused();
    }
    if (!Character.isHighSurrogate((char) unit)) {
      return at + 5;
    }
    int next = at + 6;
    if (next + 1 < json.length && json[next] == '\\' && json[next + 1] == 'u') {
      int low = unit(json, next);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        return next + 5;
      }
    }
    throw refused();
  }

  private static int unit(byte[] json, int at) {
    if (at + 5 >= json.length) {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static int exponent(byte[] json, int at) {
    int i = at + 1;
    if (i < json.length && (json[i] == '+' || json[i] == '-')) {
      i++;
    }
    int digits = 0;
    while (i < json.length && isDigit(json[i])) {
      digits++;
      i++;
    }
    if (digits > MAX_EXPONENT_DIGITS) {
      throw DomainException.malformed("error.rest.json.number");
    }
    return i - 1;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static DomainException refused() {
    return DomainException.malformed("error.rest.text.characters");
  }
}
