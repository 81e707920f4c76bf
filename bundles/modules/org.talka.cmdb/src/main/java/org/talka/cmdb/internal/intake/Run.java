/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.time.Instant;
import java.util.Optional;

/**
 * An import.
 *
 * @param kept after it was undone: how many items were left as they are, since somebody changed
 *     them afterwards
 */
public record Run(
    long id,
    String source,
    String classKey,
    String by,
    Instant at,
    Counts counts,
    Optional<Instant> undoneAt,
    Optional<String> undoneBy,
    int kept) {
  /** What became of its rows. */
  public record Counts(
      int read, int created, int changed, int same, int quarantined, int refused) {}
}
