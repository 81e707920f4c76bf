/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.talka.api.error.DomainException;

/**
 * Where a page ended: the order of its list, the value that it goes by and the item's id. It tells
 * nothing but the place, so whoever forges one gets another page of the same list at most.
 */
record Cursor(String order, String value, long id) {
  private static final int LONGEST = 2_000;

  String text() {
    String plain = order + "\n" + id + "\n" + value;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws DomainException MALFORMED unless it is one of a list in this order
   */
  static Cursor of(String order, String text) {
    if (text.length() <= LONGEST) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        String[] parts = plain.split("\n", 3);
        if (parts.length == 3 && parts[0].equals(order) && plain.indexOf('\0') < 0) {
          return new Cursor(order, parts[2], Long.parseLong(parts[1]));
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
    }
    throw DomainException.malformed("error.rest.page.cursor");
  }
}
