/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exact values as terms. */
final class Keyword {
  /** Lucene refuses terms beyond 32,766 bytes; nobody tells two such values apart further on. */
  private static final int LONGEST = 2_000;

  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,18})$");

  private Keyword() {}

  /** The value, cut where it is longer than a term may be. */
  static String clip(String value) {
    if (value.length() <= LONGEST) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return value.substring(0, end);
  }

  /** What people type to name a document: its key in any case, or the number in it. */
  static Set<String> keyTerms(String key) {
    Set<String> terms = new LinkedHashSet<>();
    terms.add(keyTerm(key));
    Matcher number = NUMBER.matcher(key);
    if (number.find()) {
      terms.add(number.group(1));
      terms.add(Long.toString(Long.parseLong(number.group(1))));
    }
    return terms;
  }

  static String keyTerm(String typed) {
    return clip(typed.toLowerCase(Locale.ROOT));
  }

  /**
   * A number that differs for different ids and, within a kind, grows with the number at the id's
   * end.
   */
  static long tie(String id) {
    Matcher number = NUMBER.matcher(id);
    if (number.find()) {
      long n = Long.parseLong(number.group(1));
      if (n < 1L << 46) {
        return n << 16 | id.substring(0, number.start()).hashCode() & 0xffff;
      }
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    // away from the ends, which mean "no value"
    return hash >> 1;
  }
}
