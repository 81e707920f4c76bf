/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The one row that knows the newest entry. Its lock puts entries in a row, and it shows when the
 * newest entries were cut off.
 */
@Entity
@Table(name = "sec_audit_head")
public class AuditHeadRow {
  static final short ID = 1;

  @Id
  @Column(name = "id")
  private short id;

  @Column(name = "seq")
  private long sequence;

  @Column(name = "hash")
  private String hash;

  protected AuditHeadRow() {}
}
