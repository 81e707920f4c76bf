/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.talka.api.security.PersonId;

/**
 * What one person is told of a ticket. As long as it is unread, what happens next to the ticket is
 * added to it.
 *
 * @param kind of what happened last, as are actor, comment, state and time
 * @param kinds of all that it stands for
 * @param times how much happened
 * @param record what it is about when it is no ticket; there is no ticket then
 */
public record Notice(
    long id,
    long ticket,
    NoticeKind kind,
    Set<NoticeKind> kinds,
    Optional<PersonId> actor,
    OptionalLong comment,
    String state,
    boolean internal,
    Instant at,
    boolean read,
    int times,
    Optional<RecordNews> record) {}
