/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.seal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A secret of this server. */
@Entity
@Table(name = "sec_server_key")
public class ServerKeyRow {
  @Id
  @Column(name = "name")
  private String name;

  @Column(name = "secret")
  private String secret;

  protected ServerKeyRow() {}

  ServerKeyRow(String name, String secret) {
    this.name = name;
    this.secret = secret;
  }

  String secret() {
    return secret;
  }
}
