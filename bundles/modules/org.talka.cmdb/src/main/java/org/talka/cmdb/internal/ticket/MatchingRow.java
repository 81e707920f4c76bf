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

  /** Until when whoever works on it has said that it does. */
  @Column(name = "alive_until")
  private Instant alive;

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

  void alive(Instant until) {
    alive = until;
  }

  void state(Matching.State now) {
    state = now.word();
  }

  void did(boolean well) {
    done += well ? 1 : 0;
    refused += well ? 0 : 1;
  }

  void undid(boolean well) {
    kept += well ? 0 : 1;
  }

  /**
   * @param now whoever has not said that it works by then has ended
   */
  Matching value(Instant now) {
    Matching.State known = Matching.State.of(state);
    boolean works = known == Matching.State.RUNNING || known == Matching.State.UNDOING;
    boolean ended = works && alive != null && alive.isBefore(now);
    return new Matching(
        id, text, item, by, at, ended ? Matching.State.STOPPED : known, total, done, refused, kept);
  }
}
