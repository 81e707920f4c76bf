/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.time.Instant;

/**
 * A wish as it is stored.
 *
 * @param body JSON
 * @param version grows with every change; what {@code If-Match} is compared with
 */
public record Setting(Key key, String body, long version, Instant changedAt, String changedBy) {

  /** What it is about. Stored by name. */
  public enum Kind {
    FIELD,
    TYPE,
    /** A workflow's draft; the versions that took effect are kept apart. */
    WORKFLOW
  }

  public record Key(Kind kind, String name) {}
}
