/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** A role. Those of the box are named by {@code role.<key>} in the catalogues of words. */
@Entity
@Table(name = "sec_role")
public class RoleRow {
  @Id
  @Column(name = "role_key")
  private String roleKey;

  @Column(name = "name")
  private String name;

  @Column(name = "built_in")
  private boolean builtIn;

  @Version
  @Column(name = "version")
  private long version;

  protected RoleRow() {}

  RoleRow(String key, String name) {
    this.roleKey = key;
    this.name = name;
  }

  String key() {
    return roleKey;
  }

  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  boolean builtIn() {
    return builtIn;
  }

  void rename(String name) {
    this.name = name;
  }
}
