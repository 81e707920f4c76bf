/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** Words that were searched for, by nobody in particular. */
@Entity
@Table(name = "knowledge_search")
@IdClass(Asked.Key.class)
public class Asked {
  @Id
  @Column(name = "words")
  private String words;

  @Id
  @Column(name = "place")
  private String place;

  @Column(name = "times")
  private long times;

  @Column(name = "shown")
  private int found;

  @Column(name = "opened")
  private long opened;

  @Column(name = "last_at")
  private Instant lastAt;

  protected Asked() {}

  Asked(String words, String place, Instant at) {
    this.words = words;
    this.place = place;
    this.lastAt = at;
  }

  public String words() {
    return words;
  }

  public String place() {
    return place;
  }

  public long times() {
    return times;
  }

  public int found() {
    return found;
  }

  public Instant lastAt() {
    return lastAt;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String words;
    private String place;

    public Key() {}

    public Key(String words, String place) {
      this.words = words;
      this.place = place;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.words.equals(words) && key.place.equals(place);
    }

    @Override
    public int hashCode() {
      return 31 * words.hashCode() + place.hashCode();
    }
  }
}
