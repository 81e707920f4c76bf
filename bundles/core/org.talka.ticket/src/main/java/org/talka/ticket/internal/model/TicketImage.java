/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketId;

/**
 * A ticket as one row says it.
 *
 * @param module the module that brought the type, or {@code core}
 * @param watchers who follows it; visibility goes by it
 */
public record TicketImage(
    TicketId id,
    String key,
    String type,
    String module,
    String subject,
    String description,
    String state,
    StateCategory category,
    Priority priority,
    boolean priorityOverridden,
    Priority.Level impact,
    Priority.Level urgency,
    Optional<PersonId> requester,
    Optional<PersonId> assignee,
    Optional<TeamId> team,
    Optional<OrganisationId> organisation,
    Set<String> tags,
    Set<PersonId> watchers,
    Map<String, Object> fields,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> resolvedAt,
    long version,
    Optional<String> moduleMissing)
    implements Ticket {}
