/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.talka.api.security.PersonId;

/**
 * Something that happened and is durably stored.
 *
 * @param id unique; the same event told twice has the same id
 * @param sequence grows in the order of telling
 * @param type dotted and in the past tense, for example {@code ticket.created}
 * @param subject what it is about, for example {@code ticket:INC-000123}
 * @param actor who did it; absent for the system
 * @param data figures and keys: strings, numbers, booleans, lists and maps of those
 */
public record DomainEvent(
    String id,
    long sequence,
    String type,
    String subject,
    Instant at,
    Optional<PersonId> actor,
    Map<String, Object> data) {
  public DomainEvent {
    data = Map.copyOf(data);
  }
}
