/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.calendar;

/**
 * A field by which tickets can stand in a calendar.
 *
 * @param day whether it holds days, the same everywhere; otherwise instants, which fall on the days
 *     of the caller's time zone
 * @param fixed whether it says what happened, so that nobody can move a ticket to another day
 */
public record DateField(String key, boolean day, boolean fixed) {}
