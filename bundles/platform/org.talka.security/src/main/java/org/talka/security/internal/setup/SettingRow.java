/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.setup;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A setting of the desk. */
@Entity
@Table(name = "sec_setting")
public class SettingRow {
  @Id
  @Column(name = "name")
  private String name;

  @Column(name = "content")
  private String content;

  protected SettingRow() {}

  SettingRow(String name, String content) {
    this.name = name;
    this.content = content;
  }

  String content() {
    return content;
  }

  void content(String content) {
    this.content = content;
  }
}
