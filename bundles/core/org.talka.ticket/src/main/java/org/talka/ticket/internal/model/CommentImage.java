/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.util.Optional;
import org.talka.api.security.PersonId;

/**
 * A reply or an internal note.
 *
 * @param author absent for the system
 * @param mentioned who is called by name in it
 */
public record CommentImage(
    long id,
    Optional<PersonId> author,
    String authorName,
    String body,
    boolean internal,
    Instant createdAt,
    Mentioned mentioned) {}
