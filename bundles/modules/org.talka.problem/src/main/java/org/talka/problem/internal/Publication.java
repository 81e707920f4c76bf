/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** One edition of a workaround as it was published; never changed afterwards. */
@Entity
@Table(name = "problem_publication")
@IdClass(Publication.Key.class)
public class Publication {
  @Id
  @Column(name = "problem_key")
  private String problem;

  @Id
  @Column(name = "edition")
  private int edition;

  @Lob
  @Column(name = "workaround")
  private String workaround;

  @Column(name = "published_by")
  private String publishedBy;

  @Column(name = "published_at")
  private Instant publishedAt;

  protected Publication() {}

  Publication(
      String problem, int edition, String workaround, String publishedBy, Instant publishedAt) {
    this.problem = problem;
    this.edition = edition;
    this.workaround = workaround;
    this.publishedBy = publishedBy;
    this.publishedAt = publishedAt;
  }

  String problem() {
    return problem;
  }

  int edition() {
    return edition;
  }

  String workaround() {
    return workaround;
  }

  String publishedBy() {
    return publishedBy;
  }

  Instant publishedAt() {
    return publishedAt;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String problem;
    private int edition;

    public Key() {}

    Key(String problem, int edition) {
      this.problem = problem;
      this.edition = edition;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.problem.equals(problem) && key.edition == edition;
    }

    @Override
    public int hashCode() {
      return 31 * problem.hashCode() + edition;
    }
  }
}
