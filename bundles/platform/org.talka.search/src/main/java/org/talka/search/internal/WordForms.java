/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.lv.LatvianStemmer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Puts every form of a word at the word's position: the word itself without diacritics, its English
 * stem and its Latvian stem. Nobody says in which language a ticket is written, and many people
 * leave the diacritics out, so both sides, text and question, get all forms and meet in any.
 */
final class WordForms extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);
  private final Queue<String> pending = new ArrayDeque<>();
  private final EnglishStemmer english = new EnglishStemmer();
  private final LatvianStemmer latvian = new LatvianStemmer();

  WordForms(TokenStream lowerCase) {
    super(lowerCase);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!pending.isEmpty()) {
      term.setEmpty().append(pending.remove());
      increment.setPositionIncrement(0);
      return true;
    }
    if (!input.incrementToken()) {
      return false;
    }
    String word = term.toString();
    String folded = fold(word);
    term.setEmpty().append(folded);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(english(folded));
    forms.add(fold(latvian(word)));
    forms.add(latvian(folded));
    forms.remove(folded);
    forms.remove("");
    pending.addAll(forms);
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    pending.clear();
  }

  static String fold(String word) {
    char[] in = word.toCharArray();
    char[] out = new char[in.length * 4];
    int length = ASCIIFoldingFilter.foldToASCII(in, 0, out, 0, in.length);
    return new String(out, 0, length);
  }

  private String english(String word) {
    english.setCurrent(word);
    english.stem();
    return english.getCurrent();
  }

  private String latvian(String word) {
    char[] chars = word.toCharArray();
    return new String(chars, 0, latvian.stem(chars, chars.length));
  }
}
