/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import org.talka.api.ticket.LinkTypeDefinition;

/**
 * A kind of link.
 *
 * @param missing whether its module is not here: links of it are shown, none is made or removed
 */
public record LinkType(LinkTypeDefinition definition, String module, boolean missing) {
  /** Whether the definition lets these two types be linked. */
  public boolean joins(String from, String to) {
    return (definition.from().isEmpty() || definition.from().contains(from))
        && (definition.to().isEmpty() || definition.to().contains(to));
  }

  /** Whether a source may have only one link of this kind. */
  public boolean oneTarget() {
    return definition.cardinality().endsWith("-to-one");
  }

  /** Whether a target may have only one link of this kind. */
  public boolean oneSource() {
    return definition.cardinality().startsWith("one-to-");
  }
}
