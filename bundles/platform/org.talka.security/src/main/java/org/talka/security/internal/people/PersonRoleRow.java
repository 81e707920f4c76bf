/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a person has a role. */
@Entity
@Table(name = "sec_person_role")
@IdClass(PersonRoleRow.Key.class)
public class PersonRoleRow {
  @Id
  @Column(name = "person_id")
  private long person;

  @Id
  @Column(name = "role_key")
  private String role;

  protected PersonRoleRow() {}

  PersonRoleRow(long person, String role) {
    this.person = person;
    this.role = role;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long person;
    private String role;

    public Key() {}

    Key(long person, String role) {
      this.person = person;
      this.role = role;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.person == person && key.role.equals(role);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(person) + role.hashCode();
    }
  }
}
