/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;

/**
 * An error that is ready to be told: a status, and texts in no language yet.
 *
 * @param allow the methods of a resource that was called with another; empty otherwise
 */
public record Problem(
    int status, Text text, List<FieldError> errors, Optional<Duration> retryAfter, String allow) {

  static Problem of(int status, String key) {
    return new Problem(status, Text.of(key), List.of(), Optional.empty(), "");
  }

  public static Problem of(DomainException e) {
    return new Problem(status(e.kind()), e.text(), e.fieldErrors(), e.retryAfter(), "");
  }

  static int status(ErrorKind kind) {
    return switch (kind) {
      case MALFORMED -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case STALE -> 412;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA -> 415;
      case INVALID -> 422;
      case PRECONDITION_REQUIRED -> 428;
      case TOO_MANY -> 429;
      case UNAVAILABLE -> 503;
    };
  }
}
