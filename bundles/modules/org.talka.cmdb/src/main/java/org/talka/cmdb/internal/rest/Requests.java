/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.cmdb.internal.Moments;

/** What requests say in headers and parameters, checked. */
final class Requests {
  private static final Pattern TAG = Pattern.compile("\"[0-9]{1,18}\"");
  private static final int MOST = 200;

  private Requests() {}

  static EntityTag tag(long version) {
    return new EntityTag(Long.toString(version));
  }

  /** The version that the client saw, out of {@code If-Match}. */
  static long version(String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw DomainException.of(ErrorKind.PRECONDITION_REQUIRED, "error.rest.etag.missing");
    }
    String tag = ifMatch.strip();
    if (!TAG.matcher(tag).matches()) {
      throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
    }
    return Long.parseLong(tag.substring(1, tag.length() - 1));
  }

  /** How long a page is. */
  static int limit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw DomainException.malformed("error.rest.page.limit", "max", MOST);
    }
    return limit;
  }

  static int within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw DomainException.malformed("error.cmdb.parameter", "name", name, "min", min, "max", max);
    }
    return value;
  }

  /** A moment, as {@code 2026-03-01T12:00:00Z}. */
  static Instant instant(String name, String value) {
    return Moments.read(value)
        .orElseThrow(() -> DomainException.malformed("error.rest.parameter", "name", name));
  }
}
