/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.talka.api.security.GrantScope;

/** How far an administrator let a role have a permission, whatever its declaration says. */
@Entity
@Table(name = "sec_role_grant")
@IdClass(RoleGrantRow.Key.class)
public class RoleGrantRow {
  @Id
  @Column(name = "role_key")
  private String role;

  @Id
  @Column(name = "permission")
  private String permission;

  @Column(name = "reach")
  @Enumerated(EnumType.STRING)
  private GrantScope reach;

  protected RoleGrantRow() {}

  RoleGrantRow(String role, String permission, GrantScope reach) {
    this.role = role;
    this.permission = permission;
    this.reach = reach;
  }

  String role() {
    return role;
  }

  String permission() {
    return permission;
  }

  GrantScope reach() {
    return reach;
  }

  void reaches(GrantScope reach) {
    this.reach = reach;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String role;
    private String permission;

    public Key() {}

    Key(String role, String permission) {
      this.role = role;
      this.permission = permission;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.role.equals(role) && key.permission.equals(permission);
    }

    @Override
    public int hashCode() {
      return 31 * role.hashCode() + permission.hashCode();
    }
  }
}
