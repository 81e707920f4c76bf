/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;

/**
 * {@link Figures} of one day as they are stored: for each team apart, since that decides with the
 * owner on who may see them.
 */
@Entity
@Table(name = "cmdb_health")
@IdClass(HealthRow.Key.class)
public class HealthRow {
  @Id
  @Column(name = "taken_on")
  private String day;

  @Id
  @Column(name = "owner_id")
  private long owner;

  @Id
  @Column(name = "team_id")
  private long team;

  @Column(name = "items")
  private int items;

  @Column(name = "complete")
  private int complete;

  @Column(name = "stale")
  private int stale;

  @Column(name = "orphans")
  private int orphans;

  @Column(name = "duplicates")
  private int duplicates;

  @Column(name = "breaches")
  private int breaches;

  protected HealthRow() {}

  HealthRow(LocalDate day, long team, Figures figures) {
    this.day = day.toString();
    this.owner = figures.owner();
    this.team = team;
    this.items = figures.items();
    this.complete = figures.complete();
    this.stale = figures.stale();
    this.orphans = figures.orphans();
    this.duplicates = figures.duplicates();
    this.breaches = figures.breaches();
  }

  LocalDate day() {
    return LocalDate.parse(day);
  }

  long team() {
    return team;
  }

  Figures value() {
    return new Figures(owner, items, complete, stale, orphans, duplicates, breaches);
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String day;
    private long owner;
    private long team;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.day.equals(day)
          && key.owner == owner
          && key.team == team;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * day.hashCode() + Long.hashCode(owner)) + Long.hashCode(team);
    }
  }
}
