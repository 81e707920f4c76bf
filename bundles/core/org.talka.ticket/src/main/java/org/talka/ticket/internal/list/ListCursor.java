/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.security.Seal;
import org.talka.ticket.internal.store.TicketStore.Place;

/**
 * Where a page of a list ended: a place in a database index, or in the search index. Sealed for the
 * list it belongs to, so that one that was made up or belongs to another list is refused.
 *
 * @param row a place in the database's order
 * @param hit a place in the search index
 */
record ListCursor(Optional<Place> row, Optional<String> hit) {
  private static final ListCursor START = new ListCursor(Optional.empty(), Optional.empty());

  static ListCursor row(Place place) {
    return new ListCursor(Optional.of(place), Optional.empty());
  }

  static ListCursor hit(String next) {
    return new ListCursor(Optional.empty(), Optional.of(next));
  }

  /**
   * @param list what the cursor belongs to: the query and the order
   */
  static ListCursor open(Seal seal, String list, Optional<String> sealed) {
    if (sealed.isEmpty()) {
      return START;
    }
    String content = seal.open(purpose(list), sealed.get());
    if (content.startsWith("h")) {
      return hit(content.substring(1));
    }
    String[] parts = content.substring(1).split(",", -1);
    try {
      long micros = Long.parseLong(parts[0]);
      Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      return row(new Place(at, Long.parseLong(parts[1])));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw DomainException.malformed("error.ticket.cursor");
    }
  }

  String seal(Seal seal, String list) {
    String content =
        hit.map(next -> "h" + next)
            .orElseGet(
                () ->
                    "r"
                        + ChronoUnit.MICROS.between(Instant.EPOCH, row.orElseThrow().at())
                        + ","
                        + row.orElseThrow().id());
    return seal.seal(purpose(list), content);
  }

  private static String purpose(String list) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
      return "tickets:" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
