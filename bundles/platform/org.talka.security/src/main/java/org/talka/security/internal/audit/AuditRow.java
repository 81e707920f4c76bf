/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** An entry of the audit as stored; nothing here changes one. */
@Entity
@Table(name = "sec_audit")
public class AuditRow {
  @Id
  @Column(name = "seq")
  private long sequence;

  @Column(name = "happened_at")
  private Instant at;

  @Column(name = "actor")
  private String actor;

  @Column(name = "action")
  private String action;

  @Column(name = "object")
  private String object;

  @Lob
  @Column(name = "details")
  private String details;

  @Column(name = "address")
  private String address;

  @Column(name = "correlation")
  private String correlation;

  @Column(name = "hash")
  private String hash;

  protected AuditRow() {}

  AuditRow(long sequence, AuditEntry entry, String details, String hash) {
    this.sequence = sequence;
    this.at = entry.at();
    this.actor = entry.actor();
    this.action = entry.action();
    this.object = entry.object();
    this.details = details;
    this.address = entry.address();
    this.correlation = entry.correlation();
    this.hash = hash;
  }

  long sequence() {
    return sequence;
  }

  Instant at() {
    return at;
  }

  String actor() {
    return actor;
  }

  String action() {
    return action;
  }

  String object() {
    return object;
  }

  String details() {
    return details;
  }

  String address() {
    return address;
  }

  String correlation() {
    return correlation;
  }

  String hash() {
    return hash;
  }
}
