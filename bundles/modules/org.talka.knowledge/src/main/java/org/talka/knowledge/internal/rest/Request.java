/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

/** What all requests say in the same way. */
final class Request {
  private static final int MOST = 200;
  private static final int USUAL = 50;

  private Request() {}

  /**
   * @throws DomainException MALFORMED unless it is a whole number from 1 to 200
   */
  static int limit(String limit) {
    if (limit == null || limit.isBlank()) {
      return USUAL;
    }
    try {
      int number = Integer.parseInt(limit.strip());
      if (number >= 1 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw DomainException.malformed("error.knowledge.limit", "max", MOST);
  }

  /**
   * The version that the client saw.
   *
   * @throws DomainException PRECONDITION_REQUIRED without the header, STALE when it is none of ours
   */
  static long version(String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw DomainException.of(ErrorKind.PRECONDITION_REQUIRED, "error.knowledge.if-match");
    }
    String tag = ifMatch.strip();
    if (tag.matches("\"[0-9]{1,18}\"")) {
      return Long.parseLong(tag.substring(1, tag.length() - 1));
    }
    throw DomainException.of(ErrorKind.STALE, "error.knowledge.stale");
  }

  /**
   * Where a page ends, of a list that is counted down.
   *
   * @param most where the first page begins
   * @throws DomainException MALFORMED for what no page ended with
   */
  static long below(String after, long most) {
    if (after == null || after.isBlank()) {
      return most;
    }
    if (after.matches("[0-9]{1,18}") && Long.parseLong(after) <= most) {
      return Long.parseLong(after);
    }
    throw DomainException.malformed("error.knowledge.cursor");
  }

  /** A whole number in a path; what is none is nothing that exists. */
  static long id(String text, String unknown) {
    if (text != null && text.matches("[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    throw DomainException.notFound(unknown, "id", String.valueOf(text));
  }
}
