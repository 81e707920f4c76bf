/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import org.talka.cmdb.internal.item.EditionRow;
import org.talka.cmdb.internal.schema.Redundancy;

/** A rule that an item had of its own from one moment up to another; the present has no end. */
@Entity
@Table(name = "cmdb_rule_edition")
@IdClass(RuleEditionRow.Key.class)
public class RuleEditionRow {
  @Id
  @Column(name = "item_id")
  private long item;

  @Id
  @Column(name = "type_key")
  private String type;

  @Id
  @Column(name = "valid_from")
  private Instant from;

  @Column(name = "valid_to")
  private Instant to;

  @Column(name = "policy")
  private String policy;

  @Column(name = "amount")
  private int amount;

  protected RuleEditionRow() {}

  RuleEditionRow(long item, String type, Instant from, Redundancy rule) {
    this.item = item;
    this.type = type;
    this.from = from;
    this.to = EditionRow.OPEN;
    this.policy = rule.policy().word();
    this.amount = rule.amount();
  }

  long item() {
    return item;
  }

  String type() {
    return type;
  }

  Instant from() {
    return from;
  }

  Redundancy rule() {
    return Redundancy.of(policy, amount, new ArrayList<>());
  }

  void end(Instant at) {
    to = at;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long item;
    private String type;
    private Instant from;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.item == item
          && key.type.equals(type)
          && key.from.equals(from);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Long.hashCode(item) + type.hashCode()) + from.hashCode();
    }
  }
}
