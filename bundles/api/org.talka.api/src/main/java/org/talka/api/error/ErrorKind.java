/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.error;

/** What kind of refusal it is; the REST boundary maps each to a status (RFC 9110, RFC 6585). */
public enum ErrorKind {
  /** The request can't be understood: 400. */
  MALFORMED,
  /** Nobody is signed in: 401. */
  UNAUTHENTICATED,
  /** Signed in, but not allowed: 403. */
  FORBIDDEN,
  /** It does not exist, or its existence is a secret to the caller: 404. */
  NOT_FOUND,
  /** The state of the record does not allow it: 409. */
  CONFLICT,
  /** The caller saw an older version: 412. */
  STALE,
  /** Too much at once: 413. */
  TOO_LARGE,
  /** A media type that is not understood: 415. */
  UNSUPPORTED_MEDIA,
  /** Understood, but values are wrong: 422. */
  INVALID,
  /** The caller must say which version it saw: 428. */
  PRECONDITION_REQUIRED,
  /** Too often: 429. */
  TOO_MANY,
  /** Not now: 503. */
  UNAVAILABLE
}
