/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.util.List;
import java.util.Optional;

/**
 * @param next where the next page begins; absent on the last
 */
public record SearchHits(List<Hit> hits, Optional<String> next) {
  public SearchHits {
    hits = List.copyOf(hits);
  }

  public record Hit(String id, String kind, String key, float score) {}
}
