/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a job.
 *
 * @param ended absent while it goes on
 * @param millis how long it took; 0 while it goes on
 * @param said what was done, or why it failed; for people
 * @param askedBy who wanted it now; absent when the schedule did
 */
public record JobRun(
    String id,
    Instant started,
    Optional<Instant> ended,
    Outcome outcome,
    long millis,
    Optional<String> said,
    Optional<String> askedBy) {
  public enum Outcome {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Its server ended in the middle. */
    LOST
  }
}
