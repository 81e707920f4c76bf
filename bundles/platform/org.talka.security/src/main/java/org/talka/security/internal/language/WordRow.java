/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.language;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** What an administrator says in place of a word of the catalogues. */
@Entity
@Table(name = "sec_word")
@IdClass(WordRow.Key.class)
public class WordRow {
  @Id private String language;

  @Id
  @Column(name = "word_key")
  private String wordKey;

  /** Whose word it was when it was renamed: it is kept while its module is away. */
  @Column(name = "module")
  private String module;

  @Column(name = "said")
  private String said;

  @Column(name = "changed_at")
  private Instant changedAt;

  @Column(name = "changed_by")
  private String changedBy;

  @Version private long version;

  protected WordRow() {}

  WordRow(String language, String wordKey) {
    this.language = language;
    this.wordKey = wordKey;
  }

  void say(String module, String said, Instant at, String by) {
    this.module = module;
    this.said = said;
    this.changedAt = at;
    this.changedBy = by;
  }

  String language() {
    return language;
  }

  String key() {
    return wordKey;
  }

  String module() {
    return module;
  }

  Renamed renamed() {
    return new Renamed(said, version, changedAt, changedBy);
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String language;
    private String wordKey;

    public Key() {}

    Key(String language, String wordKey) {
      this.language = language;
      this.wordKey = wordKey;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.language.equals(language)
          && key.wordKey.equals(wordKey);
    }

    @Override
    public int hashCode() {
      return Objects.hash(language, wordKey);
    }
  }
}
