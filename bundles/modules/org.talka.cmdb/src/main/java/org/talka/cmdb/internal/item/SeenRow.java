/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * When a source last reported an item: a column of {@link ItemRow} apart from its version, since
 * that something was seen again changes nothing for whoever edits it.
 */
@Entity
@Table(name = "cmdb_item")
public class SeenRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "seen_at")
  private Instant at;

  protected SeenRow() {}

  long id() {
    return id;
  }

  Instant at() {
    return at;
  }
}
