/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import java.util.Optional;
import java.util.Set;
import org.talka.api.error.DomainException;

/**
 * The parameters {@code limit}, {@code sort} and {@code after} of a list, checked.
 *
 * @param sort a field of the list, with a minus before it for descending
 * @param after the cursor of the page before, as the client sent it
 */
public record PageParameters(int limit, String sort, Optional<String> after) {
  public static final int MAX_LIMIT = 200;
  public static final int DEFAULT_LIMIT = 50;
  private static final int MAX_CURSOR = 4_000;

  /**
   * @param limit as sent, null when absent
   * @param sort as sent, null when absent
   * @param after as sent, null when absent
   * @param sortable the fields that the list can be sorted by
   * @param defaultSort used without {@code sort}
   * @throws DomainException MALFORMED
   */
  public static PageParameters of(
      String limit, String sort, String after, Set<String> sortable, String defaultSort) {
    String chosen = sort == null || sort.isBlank() ? defaultSort : sort;
    String field = chosen.startsWith("-") ? chosen.substring(1) : chosen;
    if (!sortable.contains(field)) {
      throw DomainException.malformed("error.rest.page.sort", "sort", shortened(chosen));
    }
    if (after != null && after.length() > MAX_CURSOR) {
      throw DomainException.malformed("error.rest.page.cursor");
    }
    return new PageParameters(
        limit(limit), chosen, Optional.ofNullable(after).filter(a -> !a.isBlank()));
  }

  /**
   * @throws DomainException MALFORMED unless it is a whole number from 1 to {@value #MAX_LIMIT}
   */
  public static int limit(String limit) {
    if (limit == null || limit.isBlank()) {
      return DEFAULT_LIMIT;
    }
    try {
      int number = Integer.parseInt(limit.trim());
      if (number >= 1 && number <= MAX_LIMIT) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw DomainException.malformed("error.rest.page.limit", "max", MAX_LIMIT);
  }

  public boolean descending() {
    return sort.startsWith("-");
  }

  public String sortField() {
    return descending() ? sort.substring(1) : sort;
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
