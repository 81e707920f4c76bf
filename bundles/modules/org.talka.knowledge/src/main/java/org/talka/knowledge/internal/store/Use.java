/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** An article was used on a ticket. */
@Entity
@Table(name = "knowledge_use")
@IdClass(Use.Key.class)
public class Use {
  /** Linked by hand, put into a reply, or written from the ticket. */
  public static final String LINKED = "linked";

  public static final String SENT = "sent";
  public static final String SOURCE = "source";

  @Id
  @Column(name = "article_id")
  private long article;

  @Id
  @Column(name = "ticket_key")
  private String ticket;

  @Column(name = "number")
  private int number;

  @Column(name = "how")
  private String how;

  @Column(name = "used_by")
  private String usedBy;

  @Column(name = "used_at")
  private Instant usedAt;

  @Column(name = "solved")
  private boolean solved;

  protected Use() {}

  public Use(long article, String ticket) {
    this.article = article;
    this.ticket = ticket;
  }

  /** The latest use says which version it was. */
  public void used(int number, String how, String by, Instant at) {
    this.number = number;
    this.how = how;
    this.usedBy = by;
    this.usedAt = at;
  }

  public long article() {
    return article;
  }

  public String ticket() {
    return ticket;
  }

  public int number() {
    return number;
  }

  public String how() {
    return how;
  }

  public String usedBy() {
    return usedBy;
  }

  public Instant usedAt() {
    return usedAt;
  }

  public boolean solved() {
    return solved;
  }

  public void solved(boolean solved) {
    this.solved = solved;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long article;
    private String ticket;

    public Key() {}

    public Key(long article, String ticket) {
      this.article = article;
      this.ticket = ticket;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.article == article && key.ticket.equals(ticket);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(article) + ticket.hashCode();
    }
  }
}
