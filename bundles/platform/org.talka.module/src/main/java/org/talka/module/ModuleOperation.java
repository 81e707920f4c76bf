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
 * @param differences what came out otherwise than planned, in sentences
 * @param from the version that ran before, when one did and it is known
 * @param to the version that was to run after, when one was
 * @param signature who vouched for the archive when it was planned
 * @param permissions what it brought that could be granted
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
    Optional<String> error,
    List<String> differences,
    Optional<String> from,
    Optional<String> to,
    Optional<ModuleSignature> signature,
    List<String> permissions) {
  /** One that came out as planned. */
  public ModuleOperation(
      String id,
      String module,
      String action,
      String state,
      List<Step> steps,
      Instant startedAt,
      Optional<Instant> finishedAt,
      String actor,
      Optional<String> error) {
    this(
        id,
        module,
        action,
        state,
        steps,
        startedAt,
        finishedAt,
        actor,
        error,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * @param state {@code pending}, {@code running}, {@code done}, {@code failed} or {@code skipped}
   */
  public record Step(
      String id, String title, String state, Optional<Instant> at, Optional<String> error) {}
}
