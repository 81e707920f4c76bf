/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** Whether an article helped somebody; the last word of each person counts. */
@Entity
@Table(name = "knowledge_vote")
@IdClass(Vote.Key.class)
public class Vote {
  @Id
  @Column(name = "article_id")
  private long article;

  @Id
  @Column(name = "person_id")
  private long person;

  @Column(name = "number")
  private int number;

  @Column(name = "helpful")
  private boolean helpful;

  @Column(name = "voted_at")
  private Instant votedAt;

  protected Vote() {}

  Vote(long article, long person) {
    this.article = article;
    this.person = person;
  }

  void says(boolean helpful, int number, Instant at) {
    this.helpful = helpful;
    this.number = number;
    this.votedAt = at;
  }

  public boolean helpful() {
    return helpful;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long article;
    private long person;

    public Key() {}

    public Key(long article, long person) {
      this.article = article;
      this.person = person;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.article == article && key.person == person;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(article) + Long.hashCode(person);
    }
  }
}
