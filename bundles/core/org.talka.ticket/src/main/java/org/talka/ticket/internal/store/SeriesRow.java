/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Where a number series goes on. */
@Entity
@Table(name = "tkt_series")
public class SeriesRow {
  @Id
  @Column(name = "name")
  private String name;

  @Column(name = "next_number")
  private long next;

  protected SeriesRow() {}

  SeriesRow(String name, long next) {
    this.name = name;
    this.next = next;
  }

  void skipTo(long number) {
    next = Math.max(next, number);
  }

  long take(long count) {
    long first = next;
    next += count;
    return first;
  }
}
