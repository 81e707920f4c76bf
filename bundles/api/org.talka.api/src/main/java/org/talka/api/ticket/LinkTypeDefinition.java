/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;

/**
 * A typed relation, named {@code link.<key>} from its source and {@code link.<key>.inverse} from
 * its target.
 *
 * @param from ticket types at its source; empty for any
 * @param to ticket types at its target; empty for any
 * @param cardinality {@code many-to-many} (when null), {@code one-to-many}, {@code many-to-one} or
 *     {@code one-to-one}, read from source to target
 */
public record LinkTypeDefinition(
    String key, List<String> from, List<String> to, String cardinality) {
  public LinkTypeDefinition {
    from = from == null ? List.of() : List.copyOf(from);
    to = to == null ? List.of() : List.copyOf(to);
    cardinality = cardinality == null ? "many-to-many" : cardinality;
  }
}
