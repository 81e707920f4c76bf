/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.reply.CannedReply;
import org.talka.ticket.internal.share.Audience;
import org.talka.ticket.internal.share.Sharing;

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
public class ReplyRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "owner_id")
  private long owner;

  @Column(name = "name")
  private String name;

  @Lob
  @Column(name = "body")
  private String body;

  @Column(name = "audience")
  private int audience;

  @Column(name = "team_id")
  private Long team;

  @Column(name = "version")
  private long version;

  protected ReplyRow() {}

  ReplyRow(CannedReply reply) {
    id = reply.id();
    owner = reply.sharing().owner().value();
    take(reply);
  }

  final void take(CannedReply reply) {
    name = reply.name();
    body = reply.body();
    audience = reply.sharing().audience().ordinal();
    team = reply.sharing().team().map(TeamId::value).orElse(null);
    version = reply.version();
  }

  CannedReply reply() {
    Sharing sharing =
        new Sharing(
            new PersonId(owner),
            Audience.values()[audience],
            Optional.ofNullable(team).map(TeamId::new));
    return new CannedReply(id, name, body, sharing, version);
  }
}
