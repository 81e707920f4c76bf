/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

/** A ticket's id in the database, unique for ever; people use the {@linkplain Ticket#key() key}. */
public record TicketId(long value) {}
