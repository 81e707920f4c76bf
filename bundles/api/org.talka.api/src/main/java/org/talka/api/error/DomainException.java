/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.talka.api.text.Text;

/**
 * A refusal that the user can understand and act on. It carries text keys, never internals, and is
 * turned into a problem document (RFC 9457) at the REST boundary.
 */
public class DomainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final transient Text text;
  private final transient List<FieldError> fieldErrors;
  private final Duration retryAfter;

  public DomainException(
      ErrorKind kind, Text text, List<FieldError> fieldErrors, Duration retryAfter) {
    super(
        kind
            + " "
            + text.key()
            + " "
            + text.args()
            + (fieldErrors.isEmpty() ? "" : " " + fieldErrors));
    this.kind = kind;
    this.text = text;
    this.fieldErrors = List.copyOf(fieldErrors);
    this.retryAfter = retryAfter;
  }

  public DomainException(ErrorKind kind, Text text) {
    this(kind, text, List.of(), null);
  }

  public static DomainException of(ErrorKind kind, String key, Object... namesAndValues) {
    return new DomainException(kind, Text.of(key, namesAndValues));
  }

  public static DomainException notFound(String key, Object... namesAndValues) {
    return of(ErrorKind.NOT_FOUND, key, namesAndValues);
  }

  public static DomainException forbidden(String key, Object... namesAndValues) {
    return of(ErrorKind.FORBIDDEN, key, namesAndValues);
  }

  public static DomainException conflict(String key, Object... namesAndValues) {
    return of(ErrorKind.CONFLICT, key, namesAndValues);
  }

  public static DomainException malformed(String key, Object... namesAndValues) {
    return of(ErrorKind.MALFORMED, key, namesAndValues);
  }

  /** Values that are wrong, each with its field. */
  public static DomainException invalid(List<FieldError> errors) {
    return new DomainException(ErrorKind.INVALID, Text.of("error.invalid"), errors, null);
  }

  /** One wrong value. */
  public static DomainException invalid(String field, String key, Object... namesAndValues) {
    return invalid(List.of(new FieldError(field, Text.of(key, namesAndValues))));
  }

  public ErrorKind kind() {
    return kind;
  }

  public Text text() {
    return text;
  }

  public List<FieldError> fieldErrors() {
    return fieldErrors;
  }

  /** When to try again, for {@link ErrorKind#TOO_MANY} and {@link ErrorKind#UNAVAILABLE}. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
