/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import org.talka.api.error.DomainException;

/**
 * A comment to write.
 *
 * @param visibility {@code public} when absent, or {@code internal}
 * @param attachments ids of files that were put on the ticket before and go with the comment
 */
public record NewComment(String body, String visibility, List<Long> attachments) {
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
