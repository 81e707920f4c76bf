/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;

/** An organisation as stored. */
@Entity
@Table(name = "sec_organisation")
public class OrganisationRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  private Long id;

  @Column(name = "org_key")
  private String orgKey;

  @Column(name = "name")
  private String name;

  @Version
  @Column(name = "version")
  private long version;

  protected OrganisationRow() {}

  OrganisationRow(String key, String name) {
    this.orgKey = key;
    this.name = name;
  }

  Long id() {
    return id;
  }

  void rename(String name) {
    this.name = name;
  }

  Organisation organisation() {
    return new Organisation(new OrganisationId(id), orgKey, name);
  }
}
