/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.share.Audience;
import org.talka.ticket.internal.share.Shared;
import org.talka.ticket.internal.share.Sharing;

/** What the rows of all things have that people keep and share; see {@link SharedRows}. */
@MappedSuperclass
public abstract class SharedRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "owner_id")
  private long owner;

  @Column(name = "name")
  private String name;

  @Column(name = "audience")
  private int audience;

  @Column(name = "team_id")
  private Long team;

  @Column(name = "version")
  private long version;

  protected SharedRow() {}

  SharedRow(Shared thing) {
    id = thing.id();
    owner = thing.sharing().owner().value();
  }

  /** All but whose it is, which stays. */
  final void share(Shared thing) {
    name = thing.name();
    audience = thing.sharing().audience().ordinal();
    team = thing.sharing().team().map(TeamId::value).orElse(null);
    version = thing.version();
  }

  final long id() {
    return id;
  }

  final String name() {
    return name;
  }

  final Sharing sharing() {
    return new Sharing(
        new PersonId(owner),
        Audience.values()[audience],
        Optional.ofNullable(team).map(TeamId::new));
  }

  final long version() {
    return version;
  }
}
