/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.job;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;

/**
 * Work that is done from time to time. Only one run of a job goes on at a time, on all servers that
 * share a database: a lease in the database is kept while it runs. It runs on a thread of the
 * platform, as the system acting for its module, in no transaction, and may block. A run that takes
 * longer than the budget counts as an overrun, and one of ten times that as stuck; one that fails
 * is told to administrators, in the words of its {@link org.talka.api.error.DomainException} if it
 * threw one, and the next is when the schedule says.
 *
 * <p>While the module is away nothing runs; what was due meanwhile is done once when it comes back.
 * A server that ends in the middle of a run leaves it to the next one: a job must be able to begin
 * again.
 *
 * <p>A module says in its descriptor that it wants {@code jobs}; whoever installs it agrees to
 * that.
 *
 * <p>Service properties: {@value #KEY}, {@value #SCHEDULE}, and {@value #OVERLAP} if wanted. Its
 * name is {@code job.<module>.<key>} in the catalogues of words.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.OBSERVER, budgetMillis = 300_000)
public interface Job {
  /** Service property: names it within its module; lower-case letters, digits, hyphens, dots. */
  String KEY = "talka.job.key";

  /**
   * Service property: when it runs. A duration (ISO 8601, {@code PT15M}, at least a second) is the
   * pause after each run; five fields (POSIX crontab: minute, hour, day of month, month, day of
   * week, with {@code *}, lists, ranges and steps) are times in UTC; {@value #ONCE} is one run that
   * succeeds, ever.
   */
  String SCHEDULE = "talka.job.schedule";

  /** A schedule: until it has succeeded once; tried again ever more slowly while it fails. */
  String ONCE = "once";

  /**
   * Service property: what a time means that comes while the run before still goes on: {@value
   * #SKIP}, or {@value #QUEUE}.
   */
  String OVERLAP = "talka.job.overlap";

  /** The time passes; the default. */
  String SKIP = "skip";

  /** It runs once more as soon as the run has ended, however many times have passed. */
  String QUEUE = "queue";

  /**
   * Does the work. Long work asks {@link Context#stopping} between its steps.
   *
   * @throws org.talka.api.error.DomainException with words that an administrator can do something
   *     with; of any other exception only the server's log tells more than that there was one
   */
  void run(Context context);

  /** What a run is told. Any thread. */
  @ProviderType
  interface Context {
    /** When it was due, or asked for. */
    Instant due();

    /** When the last run began that succeeded. */
    Optional<Instant> lastSuccess();

    /** Whether the module or the server is about to stop: end soon, the next run goes on. */
    boolean stopping();

    /** What was done, in a few words or figures for administrators; the last one said counts. */
    void report(String done);
  }
}
