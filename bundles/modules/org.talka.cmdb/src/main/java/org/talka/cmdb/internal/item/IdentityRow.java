/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.talka.cmdb.internal.schema.Identity;

/**
 * A value of an item that may tell it from others, as imports look it up: the name, and whatever
 * its class has of its own. It depends on no identity key, so that keys can change.
 */
@Entity
@Table(name = "cmdb_item_identity")
@IdClass(IdentityRow.Key.class)
public class IdentityRow {
  /** Longer values are compared as a whole once they are found by their beginning. */
  private static final int LONGEST = 100;

  @Id
  @Column(name = "item_id")
  private long item;

  @Id
  @Column(name = "field")
  private String field;

  @Column(name = "value_key")
  private String value;

  protected IdentityRow() {}

  IdentityRow(long item, String field, String value) {
    this.item = item;
    this.field = field;
    this.value = value;
  }

  long item() {
    return item;
  }

  String field() {
    return field;
  }

  String value() {
    return value;
  }

  void take(String now) {
    value = now;
  }

  /** What a value is looked up by. */
  public static String key(String value) {
    String folded = Identity.folded(value).orElse("");
    return folded.length() > LONGEST ? folded.substring(0, LONGEST) : folded;
  }

  /** The values that tell an item apart, by field. */
  static Map<String, String> of(Map<String, String> fields) {
    Map<String, String> values = new TreeMap<>();
    fields.forEach(
        (field, value) -> {
          boolean tells = field.equals(Field.NAME) || !Field.BUILT_IN.contains(field);
          String key = tells ? key(value) : "";
          if (!key.isEmpty()) {
            values.put(field, key);
          }
        });
    return values;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long item;
    private String field;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.item == item && key.field.equals(field);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(item) + field.hashCode();
    }
  }
}
