/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts without case and diacritics: by what items are sorted, found and told to be the same. */
public final class Folded {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int LONGEST = 60;
  private static final int MOST = 80;

  private Folded() {}

  public static String text(String text) {
    String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return bare.toLowerCase(Locale.ROOT).strip();
  }

  /** The different words of a text, at most {@value #MOST}. */
  public static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : GAPS.split(text(text))) {
      if (!word.isEmpty() && words.size() < MOST) {
        words.add(word.length() > LONGEST ? word.substring(0, LONGEST) : word);
      }
    }
    return words;
  }
}
