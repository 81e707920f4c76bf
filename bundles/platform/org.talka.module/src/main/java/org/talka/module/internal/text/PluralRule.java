/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import java.util.Locale;

/** Which form of a noun a number takes (Unicode CLDR, plural rules for cardinals). */
enum PluralRule {
  /** One for exactly 1 without decimals: English and most of its neighbours. */
  ONE_OTHER {
    @Override
    String category(Decimal number) {
      return number.integer() == 1 && number.fractionDigits() == 0 ? "one" : "other";
    }
  },
  /** Zero for 0, 10 to 20 and the like; one for 1, 21, 31 but not 11. */
  LATVIAN {
    @Override
    String category(Decimal number) {
      long tens = number.integer() % 10;
      long hundreds = number.integer() % 100;
      long fractionTens = number.fraction() % 10;
      long fractionHundreds = number.fraction() % 100;
      boolean two = number.fractionDigits() == 2;
      boolean whole = number.fraction() == 0;
      if (whole && (tens == 0 || teen(hundreds)) || two && teen(fractionHundreds)) {
        return "zero";
      }
      boolean oneAfterPoint = fractionTens == 1 && (!two || fractionHundreds != 11);
      if (whole && tens == 1 && hundreds != 11 || number.fractionDigits() > 0 && oneAfterPoint) {
        return "one";
      }
      return "other";
    }

    private boolean teen(long hundreds) {
      return hundreds >= 11 && hundreds <= 19;
    }
  };

  abstract String category(Decimal number);

  static PluralRule of(Locale locale) {
    return "lv".equals(locale.getLanguage()) ? LATVIAN : ONE_OTHER;
  }

  /**
   * A number as it is written.
   *
   * @param integer its digits before the point
   * @param fraction its digits after the point, as a number
   * @param fractionDigits how many digits stand after the point
   */
  record Decimal(long integer, long fraction, int fractionDigits) {
    private static final int LONGEST = 15;

    /** Reads a plain decimal number; anything else counts as 0. */
    static Decimal parse(String text) {
      String digits = text.startsWith("-") ? text.substring(1) : text;
      int point = digits.indexOf('.');
      String before = point < 0 ? digits : digits.substring(0, point);
      String after = point < 0 ? "" : digits.substring(point + 1);
      if (!number(before) || !after.isEmpty() && !number(after)) {
        return new Decimal(0, 0, 0);
      }
      return new Decimal(
          Long.parseLong(before), after.isEmpty() ? 0 : Long.parseLong(after), after.length());
    }

    private static boolean number(String digits) {
      return !digits.isEmpty()
          && digits.length() <= LONGEST
          && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }
}
