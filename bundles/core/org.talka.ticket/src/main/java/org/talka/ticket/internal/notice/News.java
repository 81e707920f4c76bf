/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.talka.api.security.PersonId;

/**
 * Something that one person is to be told of a ticket.
 *
 * @param sequence of the event that it comes from, so that one told again is recognised
 * @param actor who did it; absent for the system
 * @param comment the reply or note
 * @param state the state that the ticket entered; empty for what is no step
 * @param internal whether requesters must not hear of it
 */
public record News(
    PersonId person,
    long ticket,
    NoticeKind kind,
    long sequence,
    Optional<PersonId> actor,
    OptionalLong comment,
    String state,
    boolean internal,
    Instant at) {}
