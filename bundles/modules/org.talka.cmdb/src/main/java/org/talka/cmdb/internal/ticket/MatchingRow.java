/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A {@link Matching} as it is stored. */
@Entity
@Table(name = "cmdb_text_match")
public class MatchingRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "text")
  private String text;

  @Column(name = "item_id")
  private long item;

  @Column(name = "started_by")
  private String by;

  @Column(name = "started_at")
  private Instant at;

  @Column(name = "state")
  private String state;

  /** Which server works on it; none before the first has begun. */
  @Column(name = "owner")
  private String owner;

  @Column(name = "owned_until")
  private Instant ownedUntil;

  /** How often it was taken up without getting anywhere. */
  @Column(name = "attempts")
  private int attempts;

  @Column(name = "cancelling")
  private boolean cancelling;

  @Column(name = "tickets_total")
  private int total;

  @Column(name = "tickets_done")
  private int done;

  @Column(name = "tickets_refused")
  private int refused;

  @Column(name = "kept")
  private int kept;

  protected MatchingRow() {}

  MatchingRow(long id, String text, long item, String by, Instant at, int total) {
    this.id = id;
    this.text = text;
    this.item = item;
    this.by = by;
    this.at = at;
    this.total = total;
    this.state = Matching.State.RUNNING.word();
  }

  boolean cancelling() {
    return cancelling;
  }

  void cancel() {
    cancelling = true;
  }

  boolean ownedBy(String who) {
    return who.equals(owner);
  }

  /** Whether somebody holds it. */
  boolean owned(Instant now) {
    return owner != null && !ownedUntil.isBefore(now);
  }

  /** Somebody begins to work on it, or goes on where another has ended. */
  void take(String who, Instant until) {
    owner = who;
    ownedUntil = until;
    attempts++;
  }

  /** Whoever works on it has got one ticket further. */
  void hold(Instant until) {
    ownedUntil = until;
    attempts = 0;
  }

  void leave() {
    owner = null;
    ownedUntil = null;
  }

  int attempts() {
    return attempts;
  }

  void undoing() {
    state = Matching.State.UNDOING.word();
    attempts = 0;
  }

  void ended(Matching.State how) {
    state = how.word();
    leave();
  }

  void did(boolean well) {
    done += well ? 1 : 0;
    refused += well ? 0 : 1;
  }

  void undid(boolean well) {
    kept += well ? 0 : 1;
  }

  Matching value() {
    return new Matching(
        id, text, item, by, at, Matching.State.of(state), total, done, refused, kept);
  }
}
