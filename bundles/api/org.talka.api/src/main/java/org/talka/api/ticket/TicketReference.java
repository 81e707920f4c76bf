/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

/**
 * A reference of a ticket to a record of a module.
 *
 * @param record what the module calls it, at most 60 characters, for example {@code KB-000012}
 * @param title what people read, at most 250 characters; kept when the module goes, so nothing that
 *     readers of the ticket may not know
 * @param address of the record's page below {@code /app/m/<module>/}, for example {@code
 *     knowledge.articles/KB-000012}
 * @param internal whether only people who may read internal notes see it
 */
public record TicketReference(String record, String title, String address, boolean internal) {}
