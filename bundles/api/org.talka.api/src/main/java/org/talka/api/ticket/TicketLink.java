/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

/**
 * A typed relation between two tickets.
 *
 * @param type the link type's key
 * @param outgoing whether the ticket that was asked is the relation's source
 * @param other the ticket at the other end
 */
public record TicketLink(long id, String type, boolean outgoing, Ticket other) {}
