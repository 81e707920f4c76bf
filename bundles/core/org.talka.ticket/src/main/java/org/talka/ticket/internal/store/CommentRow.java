/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Table;
import java.time.Instant;

/** A reply or a note. */
@Entity
@Table(name = "tkt_comment")
@NamedQuery(
    name = "CommentRow.of",
    query =
        "select c from CommentRow c where c.ticket = :ticket and c.id > :after"
            + " and c.internal <= :internal order by c.id",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "CommentRow.ofAll",
    query = "select c from CommentRow c where c.ticket in :tickets order by c.id",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "CommentRow.byIds",
    query = "select c from CommentRow c where c.id in :ids",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "CommentRow.lastOf",
    query =
        "select max(c.id) from CommentRow c where c.ticket in :tickets and c.internal = 0"
            + " group by c.ticket")
@NamedQuery(
    name = "CommentRow.authors",
    query = "select c.ticket, c.author, c.createdAt from CommentRow c where c.id in :ids")
public class CommentRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "ticket_id")
  private long ticket;

  @Column(name = "author_id")
  private Long author;

  @Column(name = "author_name")
  private String authorName;

  @Lob
  @Column(name = "body")
  private String body;

  @Column(name = "internal_only")
  private int internal;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "mentions")
  private String mentions;

  protected CommentRow() {}

  CommentRow(
      long id,
      long ticket,
      Long author,
      String authorName,
      String body,
      boolean internal,
      Instant createdAt,
      String mentions) {
    this.id = id;
    this.ticket = ticket;
    this.author = author;
    this.authorName = authorName;
    this.body = body;
    this.internal = internal ? 1 : 0;
    this.createdAt = createdAt;
    this.mentions = mentions;
  }

  long id() {
    return id;
  }

  long ticket() {
    return ticket;
  }

  Long author() {
    return author;
  }

  String authorName() {
    return authorName;
  }

  String body() {
    return body;
  }

  boolean internal() {
    return internal != 0;
  }

  Instant createdAt() {
    return createdAt;
  }

  String mentions() {
    return mentions;
  }
}
