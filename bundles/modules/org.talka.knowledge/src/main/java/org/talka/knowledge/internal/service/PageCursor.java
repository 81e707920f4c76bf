/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.knowledge.internal.model.Moments;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore.Place;

/** Where a page of a list ends, as text. It opens nothing: every page is trimmed anew. */
final class PageCursor {
  private PageCursor() {}

  static String write(Article last) {
    String text = last.updatedAt() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws DomainException MALFORMED for what {@link #write} has not written
   */
  static Optional<Place> read(String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 2);
      return Optional.of(new Place(Moments.parse(parts[0]), Long.parseLong(parts[1])));
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw DomainException.malformed("error.knowledge.cursor");
    }
  }
}
