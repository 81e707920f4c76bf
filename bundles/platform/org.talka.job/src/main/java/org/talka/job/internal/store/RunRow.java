/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.talka.job.JobRun;
import org.talka.job.JobRun.Outcome;

/** One run of a job. Only the server that runs it changes it, or whoever finds it lost. */
@Entity
@Table(name = "job_run")
public class RunRow {
  static final int SAID = 1_000;

  @Id private String id;
  private String job;

  @Column(name = "started_at")
  private Instant started;

  @Column(name = "ended_at")
  private Instant ended;

  @Enumerated(EnumType.STRING)
  private Outcome outcome;

  private String said;

  @Column(name = "asked_by")
  private String askedBy;

  protected RunRow() {}

  RunRow(String id, String job, Instant started, Optional<String> askedBy) {
    this.id = id;
    this.job = job;
    this.started = started;
    this.outcome = Outcome.RUNNING;
    this.askedBy = askedBy.orElse(null);
  }

  String job() {
    return job;
  }

  Instant started() {
    return started;
  }

  void end(Outcome outcome, Instant ended, Optional<String> said) {
    this.outcome = outcome;
    this.ended = ended;
    this.said =
        said.map(text -> text.length() > SAID ? text.substring(0, SAID) : text).orElse(null);
  }

  JobRun run() {
    return new JobRun(
        id,
        started,
        Optional.ofNullable(ended),
        outcome,
        ended == null ? 0 : Duration.between(started, ended).toMillis(),
        Optional.ofNullable(said),
        Optional.ofNullable(askedBy));
  }
}
