/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a reader says about an article, for those who write it. */
@Entity
@Table(name = "knowledge_remark")
public class Remark {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "article_id")
  private long article;

  @Column(name = "number")
  private int number;

  @Column(name = "person_name")
  private String personName;

  @Column(name = "body")
  private String body;

  @Column(name = "written_at")
  private Instant writtenAt;

  @Column(name = "is_done")
  private boolean done;

  protected Remark() {}

  Remark(long id, long article, int number, String personName, String body, Instant at) {
    this.id = id;
    this.article = article;
    this.number = number;
    this.personName = personName;
    this.body = body;
    this.writtenAt = at;
  }

  public long id() {
    return id;
  }

  public long article() {
    return article;
  }

  public int number() {
    return number;
  }

  public String personName() {
    return personName;
  }

  public String body() {
    return body;
  }

  public Instant writtenAt() {
    return writtenAt;
  }

  public boolean done() {
    return done;
  }

  void done(boolean done) {
    this.done = done;
  }
}
