/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.Comment;

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
    Mentioned mentioned) {
  /** Who wrote a comment that has no author: the system itself. */
  private static final PersonId NOBODY = new PersonId(0);

  /** As extensions see it. */
  public Comment comment() {
    return new Comment(id, author.orElse(NOBODY), body, internal, createdAt);
  }
}
