/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.query;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list; as the answer of a resource method {@code {"items":[…],"next":…}}, with
 * {@code null} on the last page.
 *
 * @param items in the list's order
 * @param next an opaque cursor for the page after, absent on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
