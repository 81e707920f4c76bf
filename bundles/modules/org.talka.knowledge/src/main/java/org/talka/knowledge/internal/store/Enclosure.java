/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** A file of an article: a picture in its text, or something to take along. Never changed. */
@Entity
@Table(name = "knowledge_file")
public class Enclosure {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "article_id")
  private long article;

  @Column(name = "number")
  private int number;

  @Column(name = "name")
  private String name;

  @Column(name = "picture_type")
  private String pictureType;

  @Column(name = "size_bytes")
  private int size;

  @Lob
  @Basic(fetch = FetchType.LAZY)
  @Column(name = "content")
  private byte[] content;

  @Column(name = "added_by")
  private String addedBy;

  @Column(name = "added_at")
  private Instant addedAt;

  protected Enclosure() {}

  /**
   * @param number of the version of the article that it came with
   * @param pictureType the media type of a picture that its bytes prove to be one, else empty
   */
  public Enclosure(
      long id,
      long article,
      int number,
      String name,
      String pictureType,
      byte[] content,
      String by,
      Instant at) {
    this.id = id;
    this.article = article;
    this.number = number;
    this.name = name;
    this.pictureType = pictureType;
    this.size = content.length;
    this.content = content.clone();
    this.addedBy = by;
    this.addedAt = at;
  }

  public byte[] content() {
    return content.clone();
  }

  public long article() {
    return article;
  }

  /** Without its content. */
  public Line line() {
    return new Line(id, number, name, pictureType, size, addedBy, addedAt);
  }

  /**
   * What is shown of a file in a list.
   *
   * @param number of the version that it came with
   */
  public record Line(
      long id,
      int number,
      String name,
      String pictureType,
      int size,
      String addedBy,
      Instant addedAt) {}
}
