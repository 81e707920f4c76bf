/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.talka.cmdb.internal.item.EditionRow;
import org.talka.cmdb.internal.item.Origin;

/** A relation as it is stored. It is ended, never removed, so that it can be seen afterwards. */
@Entity
@Table(name = "cmdb_relation")
public class RelationRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "type_key")
  private String type;

  @Column(name = "source_id")
  private long source;

  @Column(name = "target_id")
  private long target;

  @Column(name = "weight")
  private int weight;

  @Column(name = "valid_from")
  private Instant from;

  @Column(name = "valid_to")
  private Instant to;

  /** Whether it has no end: what {@link #to} says, in a form that an index serves. */
  @Column(name = "present")
  private boolean present;

  @Column(name = "made_by")
  private String by;

  @Column(name = "ended_by")
  private String endedBy;

  @Column(name = "origin")
  private String origin;

  @Column(name = "run_id")
  private Long run;

  protected RelationRow() {}

  RelationRow(Edge edge, Instant from, Origin origin) {
    this.id = edge.relation();
    this.type = edge.type();
    this.source = edge.source();
    this.target = edge.target();
    this.weight = edge.weight();
    this.from = from;
    this.to = EditionRow.OPEN;
    this.present = true;
    this.by = origin.by();
    this.origin = origin.source();
    this.run = origin.run().isPresent() ? origin.run().getAsLong() : null;
  }

  boolean present() {
    return present;
  }

  void end(Instant at, String who) {
    to = at;
    present = false;
    endedBy = who;
  }

  Relation value() {
    return new Relation(id, type, source, target, weight, from, to, by, origin);
  }
}
