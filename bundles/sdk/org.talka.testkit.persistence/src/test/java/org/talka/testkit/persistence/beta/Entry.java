/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence.beta;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Set;

/** An entity of another bundle, with a generated key and rows that depend on it. */
@Entity
@Table(name = "beta_entry")
public class Entry {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public long id;

  public String text;
  public Long note;

  @ElementCollection
  @CollectionTable(name = "beta_tag", joinColumns = @JoinColumn(name = "entry"))
  @Column(name = "tag")
  public Set<String> tags = new HashSet<>();

  protected Entry() {}

  public Entry(String text, Long note) {
    this.text = text;
    this.note = note;
  }
}
