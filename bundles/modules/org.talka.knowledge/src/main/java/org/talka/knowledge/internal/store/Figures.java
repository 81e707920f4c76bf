/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What is counted of an article, apart from it: counting changes no version. */
@Entity
@Table(name = "knowledge_figures")
public class Figures {
  @Id
  @Column(name = "article_id")
  private long article;

  @Column(name = "views")
  private long views;

  @Column(name = "helpful")
  private long helpful;

  @Column(name = "unhelpful")
  private long unhelpful;

  @Column(name = "deflections")
  private long deflections;

  @Column(name = "links")
  private long links;

  @Column(name = "solved")
  private long solved;

  protected Figures() {}

  public Figures(long article) {
    this.article = article;
  }

  public long article() {
    return article;
  }

  public long views() {
    return views;
  }

  public long helpful() {
    return helpful;
  }

  public long unhelpful() {
    return unhelpful;
  }

  public long deflections() {
    return deflections;
  }

  public long links() {
    return links;
  }

  /** Links to tickets that are resolved and were not opened again. */
  public long solved() {
    return solved;
  }

  /**
   * What it is worth beside others that match equally well: each doubling of the tickets that it
   * was used on, of those that it solved (twice as much) and of the votes for it counts the same,
   * so that an old article does not bury a new one.
   */
  public double worth() {
    double worth = Math.log1p(links) + 2 * Math.log1p(solved);
    return worth + Math.log1p(Math.max(0, helpful - unhelpful));
  }
}
