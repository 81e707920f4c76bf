/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

/** A team, or an organisation, that a ticket belongs to. */
public record TeamView(long id, String key, String name) {}
