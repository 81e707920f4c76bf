/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An {@link AuditRule} as it is stored. */
@Entity
@Table(name = "cmdb_audit_rule")
public class AuditRuleRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "name")
  private String name;

  @Column(name = "class_key")
  private String classKey;

  @Column(name = "kind")
  private String kind;

  @Column(name = "subject")
  private String subject;

  @Column(name = "days")
  private int days;

  protected AuditRuleRow() {}

  AuditRuleRow(AuditRule rule) {
    id = rule.id();
    name = rule.name();
    classKey = rule.classKey();
    kind = rule.kind().word();
    subject = rule.subject();
    days = rule.days();
  }

  AuditRule value() {
    return new AuditRule(id, name, classKey, AuditRule.Kind.of(kind).orElseThrow(), subject, days);
  }
}
