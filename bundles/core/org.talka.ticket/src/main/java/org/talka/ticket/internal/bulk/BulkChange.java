/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to each of many tickets, all of it or nothing of it.
 *
 * @param values fields of the box and their values as a client writes them; null empties one
 * @param note Markdown; an internal note, with the transition when there is one
 */
public record BulkChange(
    Map<String, Object> values,
    List<String> addTags,
    List<String> removeTags,
    Optional<String> transition,
    Map<String, Object> transitionFields,
    Optional<String> note) {
  boolean nothing() {
    return values.isEmpty()
        && addTags.isEmpty()
        && removeTags.isEmpty()
        && transition.isEmpty()
        && note.isEmpty();
  }
}
