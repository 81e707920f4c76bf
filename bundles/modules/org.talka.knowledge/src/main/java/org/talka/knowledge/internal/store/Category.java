/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** A shelf for articles; shelves stand in shelves. */
@Entity
@Table(name = "knowledge_category")
public class Category {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "name")
  private String name;

  @Column(name = "parent_id")
  private Long parent;

  @Column(name = "place")
  private int place;

  @Version
  @Column(name = "version")
  private long version;

  protected Category() {}

  public Category(long id, String name, Long parent, int place) {
    this.id = id;
    say(name, parent, place);
  }

  public final void say(String name, Long parent, int place) {
    this.name = name;
    this.parent = parent;
    this.place = place;
  }

  public long id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Optional<Long> parent() {
    return Optional.ofNullable(parent);
  }

  public int place() {
    return place;
  }

  public long version() {
    return version;
  }
}
