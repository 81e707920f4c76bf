/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence.alpha;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** An entity with a column of each kind. */
@Entity
@Table(name = "alpha_note")
public class Note {
  @Id public long id;

  @Column(nullable = false)
  public String name;

  @Lob public String body;
  @Lob public byte[] content;
  public boolean done;
  public Short rating;

  @Column(name = "made_at")
  public Instant madeAt;

  @Version public long version;

  protected Note() {}

  public Note(long id, String name) {
    this.id = id;
    this.name = name;
  }
}
