/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.talka.api.query.Page;

/**
 * A page of a list as the API answers it.
 *
 * @param next the cursor of the page after, null on the last one
 */
public record PageAnswer<T>(List<T> items, @JsonInclude(JsonInclude.Include.ALWAYS) String next) {
  public PageAnswer {
    items = List.copyOf(items);
  }

  /** A page of the core with every item in the form that clients get. */
  public static <S, T> PageAnswer<T> of(Page<S> page, Function<S, T> form) {
    return new PageAnswer<>(page.items().stream().map(form).toList(), page.next().orElse(null));
  }

  /** A list that is never long. */
  public static <T> PageAnswer<T> whole(List<T> items) {
    return new PageAnswer<>(items, null);
  }
}
