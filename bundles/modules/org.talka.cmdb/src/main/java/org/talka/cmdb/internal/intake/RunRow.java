/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A {@link Run} as it is stored, with what it needs to go on. */
@Entity
@Table(name = "cmdb_run")
public class RunRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "relations")
  private boolean relations;

  @Column(name = "dry")
  private boolean dry;

  @Column(name = "state")
  private String state;

  @Column(name = "source")
  private String source;

  @Column(name = "class_key")
  private String classKey;

  @Column(name = "started_by")
  private String by;

  @Column(name = "started_at")
  private Instant at;

  @Column(name = "ended_at")
  private Instant endedAt;

  @Lob
  @Column(name = "spec")
  private String spec;

  @Column(name = "file_id")
  private Long file;

  @Column(name = "rows_total")
  private int total;

  @Column(name = "rows_read")
  private int read;

  @Column(name = "created")
  private int created;

  @Column(name = "changed")
  private int changed;

  @Column(name = "same")
  private int same;

  @Column(name = "quarantined")
  private int quarantined;

  @Column(name = "refused")
  private int refused;

  @Column(name = "cancelling")
  private boolean cancelling;

  @Column(name = "failure")
  private String failure;

  /** Who works on it, until when; null for nobody. */
  @Column(name = "owner")
  private String owner;

  @Column(name = "owned_until")
  private Instant ownedUntil;

  /** How often it was taken up without getting anywhere. */
  @Column(name = "attempts")
  private int attempts;

  /** The last item that has been taken back. */
  @Column(name = "undone_to")
  private long undoneTo;

  @Column(name = "undone_at")
  private Instant undoneAt;

  @Column(name = "undone_by")
  private String undoneBy;

  @Column(name = "kept")
  private int kept;

  protected RunRow() {}

  RunRow(long id, Spec spec, boolean dry, int total, Long file, Instant at) {
    this.id = id;
    this.relations = spec.relations();
    this.dry = dry;
    this.state = Run.State.WAITING.word();
    this.source = spec.source();
    this.classKey = spec.classKey();
    this.by = spec.by();
    this.spec = spec.text();
    this.total = total;
    this.file = file;
    this.at = at;
    this.failure = "";
  }

  long id() {
    return id;
  }

  Spec spec() {
    return Spec.of(spec);
  }

  boolean ownedBy(String who) {
    return who.equals(owner);
  }

  /** Whether somebody holds it. */
  boolean owned(Instant now) {
    return owner != null && !ownedUntil.isBefore(now);
  }

  /** Somebody begins to work on it, or goes on. */
  void own(String who, Instant until, boolean again) {
    owner = who;
    ownedUntil = until;
    attempts = again ? attempts + 1 : 0;
  }

  int attempts() {
    return attempts;
  }

  void leave() {
    owner = null;
    ownedUntil = null;
  }

  void state(Run.State now) {
    state = now.word();
  }

  void ended(Run.State how, Instant when, String why) {
    state = how.word();
    endedAt = when;
    failure = why;
    leave();
  }

  void cancelling() {
    cancelling = true;
  }

  void counted(Run.Counts counts) {
    read = counts.read();
    created = counts.created();
    changed = counts.changed();
    same = counts.same();
    quarantined = counts.quarantined();
    refused = counts.refused();
  }

  long undoneTo() {
    return undoneTo;
  }

  void undoing(String who) {
    state = Run.State.UNDOING.word();
    undoneBy = who;
    failure = "";
    attempts = 0;
  }

  void undone(long to, int left) {
    undoneTo = to;
    kept += left;
  }

  void undone(Instant when) {
    state = Run.State.UNDONE.word();
    undoneAt = when;
    leave();
  }

  Run value() {
    return new Run(
        id,
        relations,
        dry,
        Run.State.of(state),
        source,
        classKey,
        by,
        at,
        Optional.ofNullable(endedAt),
        total,
        new Run.Counts(read, created, changed, same, quarantined, refused),
        cancelling,
        failure == null ? "" : failure,
        file == null ? OptionalLong.empty() : OptionalLong.of(file),
        Optional.ofNullable(undoneAt),
        Optional.ofNullable(undoneBy),
        kept);
  }
}
