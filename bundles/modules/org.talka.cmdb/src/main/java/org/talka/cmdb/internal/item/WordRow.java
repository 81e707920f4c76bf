/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * A word that an item is found by. Its head is compared for equality, which an index serves in
 * every collation; what follows is then compared with few words.
 */
@Entity
@Table(name = "cmdb_item_word")
@IdClass(WordRow.Key.class)
public class WordRow {
  private static final int HEAD = 2;

  @Id
  @Column(name = "item_id")
  private long item;

  @Id
  @Column(name = "word")
  private String word;

  @Column(name = "head")
  private String head;

  protected WordRow() {}

  WordRow(long item, String word) {
    this.item = item;
    this.word = word;
    this.head = head(word);
  }

  long item() {
    return item;
  }

  String word() {
    return word;
  }

  static String head(String word) {
    return word.length() > HEAD ? word.substring(0, HEAD) : word;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long item;
    private String word;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.item == item && key.word.equals(word);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(item) + word.hashCode();
    }
  }
}
