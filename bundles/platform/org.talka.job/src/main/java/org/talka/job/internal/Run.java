/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.talka.api.job.Job;
import org.talka.job.internal.store.JobEntry;
import org.talka.job.internal.store.JobStore.Lease;

/** A run that goes on here. The job's thread reports, the clock's thread asks it to stop. */
final class Run implements Job.Context {
  private final DeclaredJob job;
  private final JobEntry before;
  private final Lease lease;
  private final BooleanSupplier away;
  private volatile boolean lost;
  private volatile String said;

  /**
   * @param before the job as it was when it was due
   * @param away whether the module or the server stops
   */
  Run(DeclaredJob job, JobEntry before, Lease lease, BooleanSupplier away) {
    this.job = job;
    this.before = before;
    this.lease = lease;
    this.away = away;
  }

  DeclaredJob job() {
    return job;
  }

  Lease lease() {
    return lease;
  }

  /** Somebody else has the lease by now. */
  void lose() {
    lost = true;
  }

  Optional<String> said() {
    return Optional.ofNullable(said).map(String::strip).filter(text -> !text.isEmpty());
  }

  @Override
  public Instant due() {
    Instant now = lease.now();
    return before.next().filter(at -> at.isBefore(now)).orElse(now);
  }

  @Override
  public Optional<Instant> lastSuccess() {
    return before.success();
  }

  @Override
  public boolean stopping() {
    return lost || away.getAsBoolean();
  }

  @Override
  public void report(String done) {
    said = done;
  }
}
