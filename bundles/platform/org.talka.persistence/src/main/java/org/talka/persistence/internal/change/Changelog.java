/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.List;

/** The change sets of one unit, in order. */
public record Changelog(List<ChangeSet> changeSets) {
  public static final Changelog NONE = new Changelog(List.of());

  public Changelog {
    changeSets = List.copyOf(changeSets);
  }
}
