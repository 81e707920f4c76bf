/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import java.util.Map;

/**
 * What of a ticket may change; null empties a field, what is absent stays. A type's own fields may
 * also stand beside these.
 *
 * @param priority null goes back to what impact and urgency give
 */
public record TicketChanges(
    String subject,
    String description,
    String impact,
    String urgency,
    String priority,
    String requester,
    String assignee,
    String team,
    String organisation,
    List<String> tags,
    Map<String, Object> fields) {}
