/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * Which article here an article of another desk is: the same archive again finds it, and what
 * points to it finds it before it has come.
 */
@Entity
@Table(name = "knowledge_arrival")
@IdClass(Arrival.Key.class)
public class Arrival {
  @Id
  @Column(name = "desk")
  private String desk;

  @Id
  @Column(name = "origin_key")
  private String key;

  @Column(name = "article_id")
  private long article;

  @Column(name = "digest")
  private String digest = "";

  @Column(name = "article_version")
  private long version;

  protected Arrival() {}

  /** Something points to it; it has not come yet. */
  public Arrival(String desk, String key, long article) {
    this.desk = desk;
    this.key = key;
    this.article = article;
  }

  /**
   * It has come.
   *
   * @param digest of what came
   * @param version of the article's row afterwards: another one says that it was changed here
   */
  public void came(String digest, long version) {
    this.digest = digest;
    this.version = version;
  }

  public long article() {
    return article;
  }

  /** Of what came last; empty when nothing has come. */
  public String digest() {
    return digest;
  }

  public long version() {
    return version;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String desk;
    private String key;

    public Key() {}

    public Key(String desk, String key) {
      this.desk = desk;
      this.key = key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && that.desk.equals(desk) && that.key.equals(key);
    }

    @Override
    public int hashCode() {
      return 31 * desk.hashCode() + key.hashCode();
    }
  }
}
