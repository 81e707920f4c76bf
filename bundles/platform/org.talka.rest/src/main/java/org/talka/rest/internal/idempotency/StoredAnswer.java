/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** The answer that a key got; kept in the transaction of the change itself. */
@Entity
@Table(name = "rest_idempotency")
public class StoredAnswer {
  @Id
  @Column(name = "id")
  private String id;

  @Column(name = "fingerprint")
  private String fingerprint;

  @Lob
  @Column(name = "answer")
  private String answer;

  @Column(name = "created_at")
  private Instant createdAt;

  protected StoredAnswer() {}

  StoredAnswer(String id, String fingerprint, String answer, Instant createdAt) {
    this.id = id;
    this.fingerprint = fingerprint;
    this.answer = answer;
    this.createdAt = createdAt;
  }

  String fingerprint() {
    return fingerprint;
  }

  String answer() {
    return answer;
  }

  Instant createdAt() {
    return createdAt;
  }
}
