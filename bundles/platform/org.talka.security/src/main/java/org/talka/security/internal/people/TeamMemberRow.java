/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a person belongs to a team. */
@Entity
@Table(name = "sec_team_member")
@IdClass(TeamMemberRow.Key.class)
public class TeamMemberRow {
  @Id
  @Column(name = "team_id")
  private long team;

  @Id
  @Column(name = "person_id")
  private long person;

  protected TeamMemberRow() {}

  TeamMemberRow(long team, long person) {
    this.team = team;
    this.person = person;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long team;
    private long person;

    public Key() {}

    Key(long team, long person) {
      this.team = team;
      this.person = person;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.team == team && key.person == person;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(team) + Long.hashCode(person);
    }
  }
}
