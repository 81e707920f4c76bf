/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.share;

import java.util.Locale;
import java.util.Optional;

/** Who sees what somebody keeps. Stored by position: new ones go to the end. */
public enum Audience {
  PRIVATE,
  TEAM,
  EVERYBODY;

  /** As clients write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Audience> of(String word) {
    for (Audience audience : values()) {
      if (audience.word().equals(word)) {
        return Optional.of(audience);
      }
    }
    return Optional.empty();
  }
}
