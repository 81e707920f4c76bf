/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as it is stored.
 *
 * @param success when the last run began that succeeded
 * @param running since when it runs, if its lease holds
 */
public record JobEntry(
    String id,
    String module,
    String key,
    String schedule,
    boolean paused,
    Optional<Instant> next,
    Optional<Instant> last,
    Optional<Instant> success,
    Optional<Instant> running,
    int failures,
    long version) {
  static JobEntry of(JobRow row, Instant now) {
    return new JobEntry(
        row.id(),
        row.module(),
        row.key(),
        row.schedule(),
        row.paused(),
        row.next(),
        row.last(),
        row.success(),
        row.leased(now) ? row.last() : Optional.empty(),
        row.failures(),
        row.version());
  }

  public boolean due(Instant now) {
    return !paused && running.isEmpty() && next.filter(at -> !at.isAfter(now)).isPresent();
  }
}
