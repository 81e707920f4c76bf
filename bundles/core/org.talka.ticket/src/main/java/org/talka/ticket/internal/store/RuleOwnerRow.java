/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A module that hides records by a rule of its own. */
@Entity
@Table(name = "tkt_rule_owner")
public class RuleOwnerRow {
  @Id
  @Column(name = "module_id")
  private String module;

  protected RuleOwnerRow() {}

  RuleOwnerRow(String module) {
    this.module = module;
  }

  String module() {
    return module;
  }
}
