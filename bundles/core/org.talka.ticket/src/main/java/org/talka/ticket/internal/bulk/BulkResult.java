/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

/**
 * What came of one ticket.
 *
 * @param refusal why not, absent when it was changed
 */
public record BulkResult(String key, Outcome outcome, Optional<DomainException> refusal) {
  /** Ends of one ticket's change. */
  public enum Outcome {
    CHANGED,
    /** Somebody else changed it in between. */
    CONFLICT,
    /** It can't be changed like this, or not by this person. */
    REFUSED,
    /** The desk could not do it. */
    FAILED
  }

  static BulkResult changed(String key) {
    return new BulkResult(key, Outcome.CHANGED, Optional.empty());
  }

  static BulkResult refused(String key, DomainException refusal) {
    Outcome outcome = refusal.kind() == ErrorKind.STALE ? Outcome.CONFLICT : Outcome.REFUSED;
    return new BulkResult(key, outcome, Optional.of(refusal));
  }

  static BulkResult failed(String key) {
    return new BulkResult(key, Outcome.FAILED, Optional.empty());
  }
}
