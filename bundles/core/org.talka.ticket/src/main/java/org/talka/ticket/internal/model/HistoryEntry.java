/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.talka.api.security.PersonId;

/**
 * One thing that happened to a ticket.
 *
 * @param actor absent for the system
 * @param actorName as the actor was called then
 * @param kind {@code created}, {@code updated}, {@code transitioned}, {@code commented}, …
 * @param internal whether requesters must not see it
 */
public record HistoryEntry(
    long id,
    Instant at,
    Optional<PersonId> actor,
    String actorName,
    String kind,
    boolean internal,
    List<Change> changes) {}
