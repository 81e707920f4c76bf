/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** What a module declared, kept for the time when it is not here. */
@Entity
@Table(name = "tkt_definition")
@IdClass(DefinitionRow.Key.class)
public class DefinitionRow {
  @Id
  @Column(name = "kind")
  private String kind;

  @Id
  @Column(name = "definition_key")
  private String key;

  @Column(name = "module_id")
  private String module;

  @Lob
  @Column(name = "definition")
  private String definition;

  @Lob
  @Column(name = "words")
  private String words;

  protected DefinitionRow() {}

  DefinitionRow(String kind, String key) {
    this.kind = kind;
    this.key = key;
  }

  void becomes(String module, String definition, String words) {
    this.module = module;
    this.definition = definition;
    this.words = words;
  }

  String kind() {
    return kind;
  }

  String key() {
    return key;
  }

  String module() {
    return module;
  }

  String definition() {
    return definition;
  }

  String words() {
    return words == null ? "{}" : words;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String kind;
    private String key;

    public Key() {}

    Key(String kind, String key) {
      this.kind = kind;
      this.key = key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && Objects.equals(that.kind, kind)
          && Objects.equals(that.key, key);
    }

    @Override
    public int hashCode() {
      return Objects.hash(kind, key);
    }
  }
}
