/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.query;

import java.util.List;

/**
 * A condition on a record. The same tree is matched against one record, compiled to SQL for lists,
 * and to a full-text query. Field names are those of the API; a name that does not exist is an
 * error of whoever built the tree, never passed on to a database.
 */
public sealed interface Filter {
  /** Everything. */
  record All() implements Filter {}

  /** Nothing. */
  record None() implements Filter {}

  /**
   * The keyword field has this exact value, or contains it when it holds several.
   *
   * @param value keywords as stored: a person, team or organisation by its id, a date as ISO-8601
   */
  record Is(String field, String value) implements Filter {}

  /** The field has any value. */
  record Exists(String field) implements Filter {}

  /**
   * The number or date field lies between the ends, both included; null leaves an end open.
   *
   * @param from a decimal number or an ISO-8601 instant
   */
  record Between(String field, String from, String to) implements Filter {}

  /**
   * Words in a text field, or anywhere when {@code field} is null. Words are analysed as the index
   * does (Latvian and English stems, diacritics folded).
   *
   * @param phrase whether the words must stand together in this order
   */
  record Words(String field, String words, boolean phrase) implements Filter {}

  /** A word of a text field, or a keyword, that begins so; anywhere when {@code field} is null. */
  record Prefix(String field, String prefix) implements Filter {}

  record AllOf(List<Filter> parts) implements Filter {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  record AnyOf(List<Filter> parts) implements Filter {
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  record Not(Filter part) implements Filter {}

  /** Both, with {@link All} and {@link None} folded away. */
  static Filter and(Filter a, Filter b) {
    if (a instanceof All || b instanceof None) {
      return b;
    }
    if (b instanceof All || a instanceof None) {
      return a;
    }
    List<Filter> parts = new java.util.ArrayList<>();
    parts.addAll(a instanceof AllOf all ? all.parts() : List.of(a));
    parts.addAll(b instanceof AllOf all ? all.parts() : List.of(b));
    return new AllOf(parts);
  }

  /** Either, with {@link All} and {@link None} folded away. */
  static Filter or(Filter a, Filter b) {
    if (a instanceof All || b instanceof None) {
      return a;
    }
    if (b instanceof All || a instanceof None) {
      return b;
    }
    List<Filter> parts = new java.util.ArrayList<>();
    parts.addAll(a instanceof AnyOf any ? any.parts() : List.of(a));
    parts.addAll(b instanceof AnyOf any ? any.parts() : List.of(b));
    return new AnyOf(parts);
  }
}
