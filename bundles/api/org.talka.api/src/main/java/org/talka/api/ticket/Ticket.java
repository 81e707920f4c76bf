/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** A ticket as it was when it was read: an immutable picture. */
@ProviderType
public interface Ticket {
  TicketId id();

  /** The number that people say, for example {@code INC-000123}; never reused. */
  String key();

  String type();

  String subject();

  /** Markdown; empty when there is none. */
  String description();

  /** The key of the workflow state. */
  String state();

  StateCategory category();

  Priority priority();

  /** Whether somebody set the priority against the matrix. */
  boolean priorityOverridden();

  Priority.Level impact();

  Priority.Level urgency();

  Optional<PersonId> requester();

  Optional<PersonId> assignee();

  Optional<TeamId> team();

  Optional<OrganisationId> organisation();

  Set<String> tags();

  /**
   * Values of the type's own fields by key; a field without a value is absent. Text, markdown,
   * choice, date and references are strings, numbers are {@link java.math.BigDecimal}, booleans are
   * {@link Boolean}, people, teams and organisations are their ids as {@link Long}, several values
   * are a {@link java.util.List}.
   */
  Map<String, Object> fields();

  Instant createdAt();

  Instant updatedAt();

  Optional<Instant> resolvedAt();

  /** Grows with every change; what {@code If-Match} is compared with. */
  long version();

  /**
   * The module that brought the type, when it is not installed now; the ticket is read-only then.
   */
  Optional<String> moduleMissing();
}
