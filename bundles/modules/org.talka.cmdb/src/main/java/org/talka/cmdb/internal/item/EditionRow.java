/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.OptionalLong;
import org.talka.cmdb.internal.FieldText;

/** An {@link Edition} as it is stored; the present one has no end in sight. */
@Entity
@Table(name = "cmdb_item_edition")
@IdClass(EditionRow.Key.class)
public class EditionRow {
  /** The end of what has not ended, far enough and known to every database. */
  public static final Instant OPEN = Instant.parse("9999-01-01T00:00:00Z");

  @Id
  @Column(name = "item_id")
  private long item;

  @Id
  @Column(name = "edition")
  private int edition;

  @Lob
  @Column(name = "fields")
  private String fields;

  @Lob
  @Column(name = "sources")
  private String sources;

  @Column(name = "away")
  private boolean away;

  @Column(name = "valid_from")
  private Instant from;

  @Column(name = "valid_to")
  private Instant to;

  @Column(name = "made_by")
  private String by;

  @Column(name = "source")
  private String source;

  @Column(name = "reason")
  private String reason;

  @Column(name = "drift")
  private boolean drift;

  @Column(name = "run_id")
  private Long run;

  protected EditionRow() {}

  EditionRow(Item item, Instant from, Origin origin, boolean drift) {
    this.item = item.id();
    this.edition = item.edition();
    this.fields = FieldText.write(item.fields());
    this.sources = FieldText.write(item.sources());
    this.away = item.away();
    this.from = from;
    this.to = OPEN;
    this.by = origin.by();
    this.source = origin.source();
    this.reason = origin.reason();
    this.drift = drift;
    this.run = origin.run().isPresent() ? origin.run().getAsLong() : null;
  }

  void end(Instant at) {
    to = at;
  }

  Edition value() {
    return new Edition(
        item,
        edition,
        FieldText.read(fields),
        FieldText.read(sources),
        away,
        from,
        to,
        by,
        source,
        reason,
        drift,
        run == null ? OptionalLong.empty() : OptionalLong.of(run));
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long item;
    private int edition;

    public Key() {}

    Key(long item, int edition) {
      this.item = item;
      this.edition = edition;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.item == item && key.edition == edition;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(item) + edition;
    }
  }
}
