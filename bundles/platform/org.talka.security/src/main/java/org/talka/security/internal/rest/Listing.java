/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A page of a list as clients get it.
 *
 * @param next the cursor of the page after, null on the last one
 */
public record Listing<T>(List<T> items, @JsonInclude(JsonInclude.Include.ALWAYS) String next) {
  public Listing {
    items = List.copyOf(items);
  }

  static <T> Listing<T> whole(List<T> items) {
    return new Listing<>(items, null);
  }
}
