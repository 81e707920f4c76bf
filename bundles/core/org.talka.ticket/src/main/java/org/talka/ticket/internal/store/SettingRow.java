/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.talka.ticket.internal.design.Setting;

/** A wish of an administrator. */
@Entity
@Table(name = "tkt_setting")
@IdClass(SettingRow.Key.class)
@NamedQuery(
    name = "SettingRow.all",
    query = "select s from SettingRow s order by s.createdAt, s.key")
public class SettingRow {
  @Id
  @Column(name = "kind")
  private String kind;

  @Id
  @Column(name = "setting_key")
  private String key;

  @Lob
  @Column(name = "body")
  private String body;

  @Column(name = "version")
  private long version;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "changed_at")
  private Instant changedAt;

  @Column(name = "changed_by")
  private String changedBy;

  protected SettingRow() {}

  SettingRow(Setting setting) {
    kind = setting.key().kind().name();
    key = setting.key().name();
    createdAt = setting.changedAt();
    take(setting);
  }

  final void take(Setting setting) {
    body = setting.body();
    version = setting.version();
    changedAt = setting.changedAt();
    changedBy = setting.changedBy();
  }

  Setting setting() {
    return new Setting(
        new Setting.Key(Setting.Kind.valueOf(kind), key), body, version, changedAt, changedBy);
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String kind;
    private String key;

    public Key() {}

    Key(Setting.Key key) {
      this.kind = key.kind().name();
      this.key = key.name();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && Objects.equals(that.kind, kind)
          && Objects.equals(that.key, key);
    }

    @Override
    public int hashCode() {
      return Objects.hash(kind, key);
    }
  }
}
