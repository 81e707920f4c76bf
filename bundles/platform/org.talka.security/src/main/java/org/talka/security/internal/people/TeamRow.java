/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;

/** A team as stored. */
@Entity
@Table(name = "sec_team")
public class TeamRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  private Long id;

  @Column(name = "team_key")
  private String teamKey;

  @Column(name = "name")
  private String name;

  @Version
  @Column(name = "version")
  private long version;

  protected TeamRow() {}

  TeamRow(String key, String name) {
    this.teamKey = key;
    this.name = name;
  }

  Long id() {
    return id;
  }

  void rename(String name) {
    this.name = name;
  }

  Team team() {
    return new Team(new TeamId(id), teamKey, name);
  }
}
