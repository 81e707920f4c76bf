/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.talka.cmdb.internal.FieldText;
import org.talka.cmdb.internal.Folded;

/** An {@link Item} as it is stored; what lists go by has columns of its own. */
@Entity
@Table(name = "cmdb_item")
public class ItemRow {
  private static final int LONGEST_NAME = 200;

  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "class_key")
  private String classKey;

  @Column(name = "name")
  private String name;

  @Column(name = "name_key")
  private String nameKey;

  @Column(name = "status")
  private String status;

  @Column(name = "owner_id")
  private Long owner;

  @Column(name = "team_id")
  private Long team;

  @Lob
  @Column(name = "fields")
  private String fields;

  @Lob
  @Column(name = "sources")
  private String sources;

  @Column(name = "edition")
  private int edition;

  @Column(name = "away")
  private boolean away;

  @Column(name = "merged_into")
  private Long mergedInto;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  @Column(name = "seen_at")
  private Instant seenAt;

  /** What {@link #verifiedAt} says, in a form that an index serves. */
  @Column(name = "verified")
  private boolean verified;

  @Column(name = "verified_at")
  private Instant verifiedAt;

  @Column(name = "verified_by")
  private String verifiedBy;

  @Version
  @Column(name = "version")
  private long version;

  protected ItemRow() {}

  ItemRow(long id, Instant now) {
    this.id = id;
    this.createdAt = now;
  }

  long id() {
    return id;
  }

  long version() {
    return version;
  }

  String nameKey() {
    return nameKey;
  }

  void take(Map<String, String> values, Map<String, String> from, Instant now) {
    classKey = values.get(Field.CLASS);
    name = values.get(Field.NAME);
    String folded = Folded.text(name);
    nameKey = folded.length() > LONGEST_NAME ? folded.substring(0, LONGEST_NAME) : folded;
    status = values.get(Field.STATUS);
    owner = number(values.get(Field.OWNER));
    team = number(values.get(Field.TEAM));
    fields = FieldText.write(values);
    sources = FieldText.write(from);
    updatedAt = now;
    edition++;
  }

  void away(boolean gone, Long into) {
    away = gone;
    mergedInto = into;
  }

  void seen(Instant at) {
    seenAt = at;
  }

  void verified(Instant at, String by) {
    verified = true;
    verifiedAt = at;
    verifiedBy = by;
  }

  Item value() {
    return new Item(
        id,
        edition,
        FieldText.read(fields),
        FieldText.read(sources),
        away,
        mergedInto == null ? OptionalLong.empty() : OptionalLong.of(mergedInto),
        createdAt,
        updatedAt,
        Optional.ofNullable(seenAt),
        Optional.ofNullable(verifiedAt),
        Optional.ofNullable(verifiedBy),
        version);
  }

  private static Long number(String value) {
    return value == null ? null : Long.valueOf(value);
  }
}
