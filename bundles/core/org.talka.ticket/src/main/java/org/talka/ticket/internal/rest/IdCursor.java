/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import org.talka.api.error.DomainException;
import org.talka.security.Seal;

/** Where a page of what hangs on a ticket ended: an id, sealed for that list. */
record IdCursor(Seal seal, String list) {
  long open(String after) {
    if (after == null || after.isBlank()) {
      return 0;
    }
    try {
      return Long.parseLong(seal.open(list, after));
    } catch (NumberFormatException e) {
      throw DomainException.malformed("error.ticket.cursor");
    }
  }

  String next(long lastId) {
    return seal.seal(list, Long.toString(lastId));
  }
}
