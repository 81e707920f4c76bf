/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** An API token as stored: its secret only as a digest. */
@Entity
@Table(name = "sec_token")
public class TokenRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  private Long id;

  @Column(name = "secret_hash")
  private String secretHash;

  @Column(name = "person_id")
  private long person;

  @Column(name = "name")
  private String name;

  /** Separated by blanks, which a scope never contains. */
  @Column(name = "scopes")
  private String scopes;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  protected TokenRow() {}

  TokenRow(
      String secretHash,
      long person,
      String name,
      Set<String> scopes,
      Instant createdAt,
      Instant expiresAt) {
    this.secretHash = secretHash;
    this.person = person;
    this.name = name;
    this.scopes = String.join(" ", new TreeSet<>(scopes));
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }

  Long id() {
    return id;
  }

  String secretHash() {
    return secretHash;
  }

  long person() {
    return person;
  }

  String name() {
    return name;
  }

  Set<String> scopes() {
    return Set.of(scopes.split(" "));
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant expiresAt() {
    return expiresAt;
  }
}
