/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** Which edition of a problem's workaround the requester of an incident was last sent. */
@Entity
@Table(name = "problem_delivery")
@IdClass(Delivery.Key.class)
public class Delivery {
  @Id
  @Column(name = "problem_key")
  private String problem;

  @Id
  @Column(name = "incident_key")
  private String incident;

  @Column(name = "edition")
  private int edition;

  @Column(name = "delivered_at")
  private Instant deliveredAt;

  protected Delivery() {}

  Delivery(String problem, String incident) {
    this.problem = problem;
    this.incident = incident;
  }

  void delivered(int edition, Instant at) {
    this.edition = edition;
    this.deliveredAt = at;
  }

  String problem() {
    return problem;
  }

  String incident() {
    return incident;
  }

  int edition() {
    return edition;
  }

  Instant deliveredAt() {
    return deliveredAt;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String problem;
    private String incident;

    public Key() {}

    Key(String problem, String incident) {
      this.problem = problem;
      this.incident = incident;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.problem.equals(problem)
          && key.incident.equals(incident);
    }

    @Override
    public int hashCode() {
      return 31 * problem.hashCode() + incident.hashCode();
    }
  }
}
