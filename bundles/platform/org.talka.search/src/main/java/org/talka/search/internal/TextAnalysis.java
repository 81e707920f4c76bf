/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** How text becomes words, for documents and for questions alike. Thread-safe. */
final class TextAnalysis extends Analyzer {
  /** Keeps a phrase from matching across two values of a field. */
  private static final int GAP_BETWEEN_VALUES = 100;

  private final Analyzer plain =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words = new StandardTokenizer();
          return new TokenStreamComponents(words, new LowerCaseFilter(words));
        }
      };

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    return new TokenStreamComponents(words, new WordForms(new LowerCaseFilter(words)));
  }

  @Override
  public int getPositionIncrementGap(String field) {
    return GAP_BETWEEN_VALUES;
  }

  /** The words of a text, lower case and without diacritics, but not stemmed. */
  List<String> plainWords(String text) {
    return words(plain, text).stream().map(WordForms::fold).toList();
  }

  /** A word and its stems, as the index has them. */
  List<String> forms(String word) {
    return words(this, word);
  }

  private static List<String> words(Analyzer by, String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = by.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
      return words;
    } catch (IOException impossibleInMemory) {
      throw new UncheckedIOException(impossibleInMemory);
    }
  }

  @Override
  public void close() {
    plain.close();
    super.close();
  }
}
