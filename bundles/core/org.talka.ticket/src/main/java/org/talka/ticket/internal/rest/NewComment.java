/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import org.talka.api.error.DomainException;

/**
 * A comment to write.
 *
 * @param visibility {@code public} when absent, or {@code internal}
 * @param attachments ids of files that were put on the ticket before and go with the comment
 * @param lastSeen the id of the last comment that its author has seen, 0 for none; a reply is
 *     refused with 409 when somebody else has replied since. Nothing is compared without it.
 */
public record NewComment(String body, String visibility, List<Long> attachments, Long lastSeen) {
  static boolean internal(String visibility) {
    if (visibility == null || visibility.equals("public")) {
      return false;
    }
    if (visibility.equals("internal")) {
      return true;
    }
    throw DomainException.invalid(
        "visibility", "error.ticket.field.choice", "options", "public, internal");
  }
}
