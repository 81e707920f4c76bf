/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import java.util.Map;

/**
 * What a new ticket may hold; a type's own fields may also stand beside these.
 *
 * @param requester a user name; likewise {@code assignee}
 * @param team a team's key
 * @param organisation an organisation's key
 * @param follows the key of a ticket that this one goes on from
 */
public record NewTicket(
    String type,
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
    String follows,
    Map<String, Object> fields) {}
