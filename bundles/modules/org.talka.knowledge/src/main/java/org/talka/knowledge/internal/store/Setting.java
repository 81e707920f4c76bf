/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One of the module's settings that was changed. */
@Entity
@Table(name = "knowledge_setting")
public class Setting {
  @Id
  @Column(name = "name")
  private String name;

  @Column(name = "chosen")
  private String chosen;

  protected Setting() {}

  Setting(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  String chosen() {
    return chosen;
  }

  void choose(String chosen) {
    this.chosen = chosen;
  }
}
