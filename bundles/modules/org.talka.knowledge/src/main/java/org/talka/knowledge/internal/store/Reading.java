/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Somebody opened an article that was suggested or searched for, and may have been answered by it.
 * Kept until that is known, and no longer.
 */
@Entity
@Table(name = "knowledge_reading")
public class Reading {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "person_id")
  private long person;

  @Column(name = "article_id")
  private long article;

  @Column(name = "opened_at")
  private Instant openedAt;

  protected Reading() {}

  Reading(long id, long person, long article, Instant at) {
    this.id = id;
    this.person = person;
    this.article = article;
    this.openedAt = at;
  }

  public long person() {
    return person;
  }

  public long article() {
    return article;
  }

  public Instant openedAt() {
    return openedAt;
  }
}
