/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import org.talka.cmdb.internal.schema.Redundancy;

/** How many of its suppliers by one relation type an item needs, where it has a say of its own. */
@Entity
@Table(name = "cmdb_rule")
@IdClass(RuleRow.Key.class)
public class RuleRow {
  @Id
  @Column(name = "item_id")
  private long item;

  @Id
  @Column(name = "type_key")
  private String type;

  @Column(name = "policy")
  private String policy;

  @Column(name = "amount")
  private int amount;

  @Version
  @Column(name = "version")
  private long version;

  protected RuleRow() {}

  RuleRow(long item, String type) {
    this.item = item;
    this.type = type;
  }

  void take(Redundancy rule) {
    policy = rule.policy().word();
    amount = rule.amount();
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long item;
    private String type;

    public Key() {}

    Key(long item, String type) {
      this.item = item;
      this.type = type;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.item == item && key.type.equals(type);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(item) + type.hashCode();
    }
  }
}
