/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

/** What text may hold: every language, no characters that only mislead or break stores. */
public final class PlainText {
  private PlainText() {}

  /** Text of one line, stripped. */
  public static String line(String text, long max) {
    String line = check(text.strip(), max);
    if (line.chars().anyMatch(c -> Character.isISOControl(c))) {
      throw new RefusedValue("error.ticket.field.control");
    }
    return line;
  }

  /** Text of several lines. */
  public static String block(String text, long max) {
    return check(text, max);
  }

  private static String check(String text, long max) {
    if (text.length() > max) {
      throw new RefusedValue("error.ticket.field.too-long", "max", max);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new RefusedValue("error.ticket.field.control");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new RefusedValue("error.ticket.field.control");
        }
        i++;
      }
    }
    return text;
  }
}
