/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;

/** The bytes of the logo under their digest. */
@Entity
@Table(name = "sec_logo")
public class LogoRow {
  @Id
  @Column(name = "hash")
  private String hash;

  @Column(name = "media_type")
  private String mediaType;

  /** In base 64. */
  @Lob
  @Column(name = "content")
  private String content;

  protected LogoRow() {}

  LogoRow(String hash, String mediaType, String content) {
    this.hash = hash;
    this.mediaType = mediaType;
    this.content = content;
  }

  String mediaType() {
    return mediaType;
  }

  String content() {
    return content;
  }
}
