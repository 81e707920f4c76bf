/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Instant;

/**
 * An event that a listener could not be told.
 *
 * @param consumer the listener, as its place in the events is kept
 */
public record DeadLetter(
    String consumer,
    long sequence,
    String type,
    String subject,
    Instant happenedAt,
    int attempts,
    Instant givenUpAt) {
  /** The module of the listener: {@code listener:<module>:<class>}. */
  public String module() {
    String[] parts = consumer.split(":", 3);
    return parts.length == 3 ? parts[1] : "core";
  }

  /** Its class, without the package. */
  public String listener() {
    return DeliveryStatus.simple(consumer);
  }
}
