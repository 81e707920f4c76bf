/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import jakarta.ws.rs.core.EntityTag;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

/** Versions of records as HTTP carries them: strong entity tags, {@code "<version>"}. */
public final class Entities {
  private Entities() {}

  public static EntityTag tag(long version) {
    return new EntityTag(Long.toString(version));
  }

  /**
   * The version that the client saw.
   *
   * @param ifMatch the header {@code If-Match} as sent, null when absent
   * @throws DomainException PRECONDITION_REQUIRED without the header, STALE when it is no version
   *     of ours
   */
  public static long version(String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw DomainException.of(ErrorKind.PRECONDITION_REQUIRED, "error.rest.etag.missing");
    }
    String tag = ifMatch.trim();
    if (tag.length() < 3 || tag.length() > 21 || tag.charAt(0) != '"' || !tag.endsWith("\"")) {
      throw stale();
    }
    try {
      return Long.parseLong(tag.substring(1, tag.length() - 1));
    } catch (NumberFormatException e) {
      throw stale();
    }
  }

  /**
   * @throws DomainException PRECONDITION_REQUIRED without the header, STALE when the client saw
   *     another version than {@code current}
   */
  public static void check(String ifMatch, long current) {
    if (version(ifMatch) != current) {
      throw stale();
    }
  }

  private static DomainException stale() {
    return DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
  }
}
