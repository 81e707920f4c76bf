/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param ids of the documents, the best first
 * @param next where the next page begins; absent on the last
 */
public record DocumentHits(List<String> ids, Optional<String> next) {
  public DocumentHits {
    ids = List.copyOf(ids);
  }
}
