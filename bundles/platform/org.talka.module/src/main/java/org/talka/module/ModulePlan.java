/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Optional;

/**
 * What an operation would do; nothing of it has been done. Texts are in the reader's language.
 *
 * @param action in lower case, for example {@code install}
 * @param from the version that runs now
 * @param to the version that would run after
 * @param summary in a few sentences, for somebody who is no engineer
 * @param affects ids of other modules that would have to be restarted with it
 * @param blockers why it can't be applied; empty when it can
 */
public record ModulePlan(
    String id,
    String action,
    String module,
    Optional<String> from,
    Optional<String> to,
    String summary,
    List<Step> steps,
    Adds adds,
    List<String> affects,
    List<Blocker> blockers) {
  /**
   * @param seconds about how long it takes
   * @param undo whether a failure later takes it back
   */
  public record Step(String id, String title, double seconds, boolean undo) {}

  /** What would be there afterwards that is not now. */
  public record Adds(
      List<String> ticketTypes,
      List<String> permissions,
      List<String> navigation,
      List<String> resources) {}

  public record Blocker(String message, String remedy) {}
}
