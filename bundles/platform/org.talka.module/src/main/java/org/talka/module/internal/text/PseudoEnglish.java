/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import java.util.Map;
import java.util.TreeMap;

/**
 * English as a language that is longer by two fifths, in brackets and with accents: the language
 * {@code qps} of test desks. What is too narrow for it is too narrow for a translation, and what
 * has no brackets does not come from a catalogue.
 */
final class PseudoEnglish {
  static final char OPENING = '⟦';
  static final char CLOSING = '⟧';

  private static final String PLAIN = "AEIOUaeiouCNSZcnsz";
  private static final String ACCENTED = "ÅÉÎÕÛåéîõûČŅŠŽčņšž";

  /** What words grow by. */
  private static final char MORE = 'ē';

  private PseudoEnglish() {}

  /** The same catalogues with other English. */
  static Map<String, Map<String, String>> instead(Map<String, Map<String, String>> catalogues) {
    Map<String, String> english = catalogues.get(Words.FALLBACK);
    if (english == null) {
      return catalogues;
    }
    Map<String, String> longer = new TreeMap<>();
    english.forEach((key, pattern) -> longer.put(key, of(pattern)));
    Map<String, Map<String, String>> changed = new TreeMap<>(catalogues);
    changed.put(Words.FALLBACK, Map.copyOf(longer));
    return changed;
  }

  /** A pattern with the same places and choices, and other words. */
  static String of(String pattern) {
    if (pattern.isBlank()) {
      return pattern;
    }
    Writer writer = new Writer(pattern);
    writer.text(false);
    return OPENING + writer.out.toString() + CLOSING;
  }

  /** Follows the braces; what it does not understand stays as it is. */
  private static final class Writer {
    private final String pattern;
    private final StringBuilder out = new StringBuilder();
    private int at;

    Writer(String pattern) {
      this.pattern = pattern;
    }

    void text(boolean inner) {
      int word = 0;
      while (at < pattern.length()) {
        char c = pattern.charAt(at);
        if (Character.isLetter(c)) {
          word++;
          int place = PLAIN.indexOf(c);
          out.append(place < 0 ? c : ACCENTED.charAt(place));
          at++;
          continue;
        }
        grow(word);
        word = 0;
        if (c == '}' && inner) {
          return;
        }
        at++;
        out.append(c);
        if (c == '{') {
          place();
        }
      }
      grow(word);
    }

    private void grow(int letters) {
      out.append(String.valueOf(MORE).repeat((letters * 2 + 4) / 5));
    }

    /** Behind an opening brace: up to the closing one, with what the forms of a choice say. */
    private void place() {
      while (at < pattern.length()) {
        char c = pattern.charAt(at++);
        out.append(c);
        if (c == '}') {
          return;
        }
        if (c == '{') {
          text(true);
          if (at < pattern.length()) {
            out.append(pattern.charAt(at++));
          }
        }
      }
    }
  }
}
