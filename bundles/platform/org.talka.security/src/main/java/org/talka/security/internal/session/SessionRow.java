/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A session as stored: found by the digest of the cookie's value, which is stored nowhere. */
@Entity
@Table(name = "sec_session")
public class SessionRow {
  @Id
  @Column(name = "id")
  private String id;

  @Column(name = "person_id")
  private long person;

  @Column(name = "csrf_token")
  private String csrfToken;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "seen_at")
  private Instant seenAt;

  @Column(name = "address")
  private String address;

  @Column(name = "user_agent")
  private String userAgent;

  protected SessionRow() {}

  SessionRow(
      String id, long person, String csrfToken, Instant now, String address, String userAgent) {
    this.id = id;
    this.person = person;
    this.csrfToken = csrfToken;
    this.createdAt = now;
    this.seenAt = now;
    this.address = address;
    this.userAgent = userAgent;
  }

  String id() {
    return id;
  }

  long person() {
    return person;
  }

  String csrfToken() {
    return csrfToken;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant seenAt() {
    return seenAt;
  }

  String address() {
    return address;
  }

  String userAgent() {
    return userAgent;
  }
}
