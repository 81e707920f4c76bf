/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

/**
 * How a document's fields are called inside the index. Every kind of field has a prefix, so that a
 * name that is text on one kind of document and a keyword on another can't collide.
 */
final class Names {
  /** The document's id, unique: the term by which it is replaced. */
  static final String ID = "#id";

  /** Id, kind and key, for the hit. */
  static final String HIT = "#hit";

  /** A number made from the id that breaks ties, so that every order is total. */
  static final String TIE = "#tie";

  /** The key and its number, by which words without a field find the document. */
  static final String KEY = "#key";

  /** The names of the fields that have a value. */
  static final String PRESENT = "#present";

  /** As {@link #PRESENT}, for internal words. */
  static final String PRESENT_INTERNAL = "#present.internal";

  /** All words, and all internal words: what a word without a field is looked for in. */
  static final String ANY_WORDS = "w*";

  static final String ANY_INTERNAL = "i*";

  /** Where numbers lie that lift a document. */
  static final String FEATURES = "#features";

  static final String WORTH = "worth";

  private Names() {}

  static String words(String field) {
    return "w:" + field;
  }

  static String internalWords(String field) {
    return "i:" + field;
  }

  static String keyword(String field) {
    return "k:" + field;
  }

  static String number(String field) {
    return "n:" + field;
  }

  static boolean isWords(String luceneField) {
    return luceneField.startsWith("w") || luceneField.startsWith("i");
  }
}
