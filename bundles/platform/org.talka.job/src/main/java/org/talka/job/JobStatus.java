/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job and how it does.
 *
 * @param id {@code <module>.<key>}
 * @param module whose it is; {@code core} for the desk's own
 * @param schedule as declared
 * @param present whether its module is here and its circuit is closed
 * @param next when it runs next; absent while it is paused, away, or done once and for all
 * @param running since when it runs now, on whatever server
 * @param last the last run that has ended
 * @param failures how many runs have failed in a row
 * @param version for {@code If-Match}
 */
public record JobStatus(
    String id,
    String module,
    String key,
    String schedule,
    boolean present,
    boolean paused,
    Optional<Instant> next,
    Optional<Instant> running,
    Optional<JobRun> last,
    int failures,
    long version) {}
