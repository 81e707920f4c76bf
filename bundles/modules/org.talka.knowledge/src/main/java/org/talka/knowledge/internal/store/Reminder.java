/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** For which review of an article people were told, and how far. */
@Entity
@Table(name = "knowledge_reminder")
public class Reminder {
  /** That it comes up. */
  public static final int SOON = 1;

  /** That it is due. */
  public static final int DUE = 2;

  @Id
  @Column(name = "article_id")
  private long article;

  @Column(name = "review_due")
  private long due;

  @Column(name = "told")
  private int told;

  protected Reminder() {}

  Reminder(long article) {
    this.article = article;
  }

  void told(long due, int told) {
    this.due = due;
    this.told = told;
  }
}
