/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.task;

import org.talka.ticket.internal.model.Task;
import org.talka.ticket.internal.model.TicketImage;

/** A task and the ticket that it is for, without its description. */
public record AssignedTask(Task task, TicketImage ticket) {}
