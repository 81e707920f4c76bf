/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An operation, running or ended; texts are in the reader's language.
 *
 * @param action in lower case
 * @param state {@code running}, {@code succeeded}, {@code failed} or {@code rolledBack}
 * @param actor who asked for it
 * @param error why it did not succeed
 */
public record ModuleOperation(
    String id,
    String module,
    String action,
    String state,
    List<Step> steps,
    Instant startedAt,
    Optional<Instant> finishedAt,
    String actor,
    Optional<String> error) {
  /**
   * @param state {@code pending}, {@code running}, {@code done}, {@code failed} or {@code skipped}
   */
  public record Step(
      String id, String title, String state, Optional<Instant> at, Optional<String> error) {}
}
