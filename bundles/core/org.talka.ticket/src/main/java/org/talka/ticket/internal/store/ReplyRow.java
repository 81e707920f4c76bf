/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.talka.ticket.internal.reply.CannedReply;

/** A text that somebody keeps for answers. */
@Entity
@Table(name = "tkt_reply")
@NamedQuery(
    name = "ReplyRow.seen",
    query =
        "select r from ReplyRow r where r.owner = :me or r.audience = 2"
            + " or (r.audience = 1 and r.team in :teams) order by r.id")
@NamedQuery(
    name = "ReplyRow.countOf",
    query = "select count(r.id) from ReplyRow r where r.owner = :owner")
public class ReplyRow extends SharedRow {
  @Lob
  @Column(name = "body")
  private String body;

  protected ReplyRow() {}

  ReplyRow(CannedReply reply) {
    super(reply);
    take(reply);
  }

  final void take(CannedReply reply) {
    share(reply);
    body = reply.body();
  }

  CannedReply reply() {
    return new CannedReply(id(), name(), body, sharing(), version());
  }
}
