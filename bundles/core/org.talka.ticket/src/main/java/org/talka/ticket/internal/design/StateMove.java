/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import org.talka.api.ticket.StateCategory;

/**
 * Tickets that are on their way out of a state which a workflow no longer has, or which has another
 * meaning now.
 *
 * @param from the state they are in
 * @param to the state they come to; the same one when only its category changed
 */
public record StateMove(long id, String type, String from, String to, StateCategory category) {}
