/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.home;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.model.TicketImage;

/**
 * A ticket and why it is shown.
 *
 * @param since when the reason began
 * @param due the day on which it is needed
 * @param person whom the reason is about: who replied, who asks
 */
public record HomeItem(
    TicketImage ticket,
    Reason reason,
    Instant since,
    Optional<LocalDate> due,
    Optional<PersonId> person) {}
