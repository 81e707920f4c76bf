/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.presence;

import java.util.Locale;
import java.util.Optional;

/** What somebody does at a ticket. The last one says most. */
public enum Doing {
  LOOKING,
  NOTING,
  REPLYING;

  /** As clients write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Doing> of(String word) {
    for (Doing doing : values()) {
      if (doing.word().equals(word)) {
        return Optional.of(doing);
      }
    }
    return Optional.empty();
  }
}
