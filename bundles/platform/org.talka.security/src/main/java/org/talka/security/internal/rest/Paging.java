/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import java.util.List;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.security.Seal;

/**
 * Where a page of a list begins and how long it is. The cursor is the key of the last item seen,
 * sealed for its list.
 */
record Paging(String list, Seal seal, Optional<String> after, int limit) {
  private static final int DEFAULT = 50;
  private static final int MAX = 200;

  /**
   * @param list names the list, so that a cursor of another one is refused
   * @throws DomainException MALFORMED for a limit out of range or a forged cursor
   */
  static Paging of(String list, Seal seal, String limit, String after) {
    Optional<String> key =
        after == null || after.isEmpty() ? Optional.empty() : Optional.of(seal.open(list, after));
    return new Paging(list, seal, key, limit == null ? DEFAULT : number(limit));
  }

  /** One more than asked for tells whether there is a next page. */
  int fetch() {
    return limit + 1;
  }

  <S, T> Listing<T> page(
      List<S> fetched,
      java.util.function.Function<S, String> key,
      java.util.function.Function<S, T> form) {
    List<S> shown = fetched.size() > limit ? fetched.subList(0, limit) : fetched;
    String next =
        fetched.size() > limit ? seal.seal(list, key.apply(shown.get(shown.size() - 1))) : null;
    return new Listing<>(shown.stream().map(form).toList(), next);
  }

  private static int number(String limit) {
    try {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= MAX) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw DomainException.malformed("error.page.limit", "max", MAX);
  }
}
