/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How many were answered by an article on a day, and how many asked all the same. */
@Entity
@Table(name = "knowledge_day")
public class Day {
  @Id
  @Column(name = "epoch_day")
  private long epochDay;

  @Column(name = "answered")
  private long answered;

  @Column(name = "asked")
  private long asked;

  protected Day() {}

  Day(long epochDay) {
    this.epochDay = epochDay;
  }

  public long epochDay() {
    return epochDay;
  }

  public long answered() {
    return answered;
  }

  public long asked() {
    return asked;
  }
}
