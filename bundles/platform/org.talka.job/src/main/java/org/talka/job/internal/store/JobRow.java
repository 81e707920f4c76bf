/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A job's place in time. It stays when its module goes. */
@Entity
@Table(name = "job_entry")
public class JobRow {
  @Id private String id;
  private String module;

  @Column(name = "job_key")
  private String key;

  private String schedule;
  private boolean paused;

  @Column(name = "next_at")
  private Instant next;

  /** Which server runs it, for which run, and until when that holds without a further sign. */
  @Column(name = "lease_owner")
  private String leaseOwner;

  @Column(name = "lease_run")
  private String leaseRun;

  @Column(name = "lease_until")
  private Instant leaseUntil;

  /** When the last run began, and the last that succeeded. */
  @Column(name = "last_at")
  private Instant last;

  @Column(name = "success_at")
  private Instant success;

  private int failures;

  /** Of what an administrator decides; the row itself is always locked before it is changed. */
  private long version;

  protected JobRow() {}

  JobRow(String id, String module, String key, String schedule, Instant next) {
    this.id = id;
    this.module = module;
    this.key = key;
    this.schedule = schedule;
    this.next = next;
    this.version = 1;
  }

  String id() {
    return id;
  }

  String module() {
    return module;
  }

  String key() {
    return key;
  }

  String schedule() {
    return schedule;
  }

  boolean paused() {
    return paused;
  }

  Optional<Instant> next() {
    return Optional.ofNullable(next);
  }

  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  Optional<Instant> success() {
    return Optional.ofNullable(success);
  }

  int failures() {
    return failures;
  }

  long version() {
    return version;
  }

  Optional<String> run() {
    return Optional.ofNullable(leaseRun);
  }

  boolean leased(Instant now) {
    return leaseRun != null && leaseUntil.isAfter(now);
  }

  boolean leasedBy(String owner, String run) {
    return owner.equals(leaseOwner) && run.equals(leaseRun);
  }

  void schedule(String schedule, Instant next) {
    this.schedule = schedule;
    this.next = next;
  }

  void pause(boolean paused) {
    this.paused = paused;
    version++;
  }

  void lease(String owner, String run, Instant now, Instant until) {
    leaseOwner = owner;
    leaseRun = run;
    leaseUntil = until;
    last = now;
  }

  void renew(Instant until) {
    leaseUntil = until;
  }

  void end(boolean succeeded, Instant next) {
    if (succeeded) {
      success = last;
      failures = 0;
    } else {
      failures++;
    }
    this.next = next;
    leaseOwner = null;
    leaseRun = null;
    leaseUntil = null;
  }
}
