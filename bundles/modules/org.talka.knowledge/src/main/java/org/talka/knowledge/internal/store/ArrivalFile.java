/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Which file here a file of another desk is. */
@Entity
@Table(name = "knowledge_arrival_file")
@IdClass(ArrivalFile.Key.class)
public class ArrivalFile {
  @Id
  @Column(name = "desk")
  private String desk;

  @Id
  @Column(name = "origin_id")
  private long origin;

  @Column(name = "file_id")
  private long file;

  @Column(name = "article_id")
  private long article;

  @Column(name = "is_here")
  private boolean here;

  protected ArrivalFile() {}

  /** Something points to it; it has not come yet. */
  public ArrivalFile(String desk, long origin, long file, long article) {
    this.desk = desk;
    this.origin = origin;
    this.file = file;
    this.article = article;
  }

  public void came() {
    here = true;
  }

  public long origin() {
    return origin;
  }

  public long file() {
    return file;
  }

  public long article() {
    return article;
  }

  /** Whether it has come; somebody may have removed it since. */
  public boolean here() {
    return here;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String desk;
    private long origin;

    public Key() {}

    public Key(String desk, long origin) {
      this.desk = desk;
      this.origin = origin;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && that.desk.equals(desk) && that.origin == origin;
    }

    @Override
    public int hashCode() {
      return 31 * desk.hashCode() + Long.hashCode(origin);
    }
  }
}
