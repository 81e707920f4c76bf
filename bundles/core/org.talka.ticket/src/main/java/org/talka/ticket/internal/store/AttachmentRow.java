/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/** A file on a ticket; its bytes are kept under their digest. */
@Entity
@Table(name = "tkt_attachment")
@NamedQuery(
    name = "AttachmentRow.of",
    query = "select a from AttachmentRow a where a.ticket = :ticket order by a.id")
public class AttachmentRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "ticket_id")
  private long ticket;

  @Column(name = "comment_id")
  private Long comment;

  @Column(name = "internal_only")
  private int internal;

  @Column(name = "name")
  private String name;

  @Column(name = "size_bytes")
  private long size;

  @Column(name = "content_type")
  private String contentType;

  @Column(name = "image_type")
  private String imageType;

  @Column(name = "sha256")
  private String sha256;

  @Column(name = "uploader_id")
  private Long uploader;

  @Column(name = "created_at")
  private Instant createdAt;

  protected AttachmentRow() {}

  AttachmentRow(org.talka.ticket.internal.model.Attachment attachment, long ticket) {
    this.id = attachment.id();
    this.ticket = ticket;
    this.comment = attachment.comment().orElse(null);
    this.internal = attachment.internal() ? 1 : 0;
    this.name = attachment.name();
    this.size = attachment.size();
    this.contentType = attachment.contentType();
    this.imageType = attachment.imageType().orElse(null);
    this.sha256 = attachment.sha256();
    this.uploader = attachment.uploader().map(p -> p.value()).orElse(null);
    this.createdAt = attachment.createdAt();
  }

  org.talka.ticket.internal.model.Attachment image() {
    return new org.talka.ticket.internal.model.Attachment(
        id,
        java.util.Optional.ofNullable(comment),
        internal != 0,
        name,
        size,
        contentType,
        java.util.Optional.ofNullable(imageType),
        sha256,
        java.util.Optional.ofNullable(uploader).map(org.talka.api.security.PersonId::new),
        createdAt);
  }

  long ticket() {
    return ticket;
  }

  void belongsTo(long comment, boolean internal) {
    this.comment = comment;
    this.internal = internal ? 1 : 0;
  }
}
