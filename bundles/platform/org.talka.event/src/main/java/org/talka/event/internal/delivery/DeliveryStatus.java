/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

/**
 * How far somebody is who is told of what happens.
 *
 * @param consumer as its place in the events is kept
 * @param module whose it is: {@code core} for the desk's own
 * @param name for administrators
 * @param available whether it would be told now: its circuit may be open
 * @param behind how many events, at most, it has not been told
 */
public record DeliveryStatus(
    String consumer, String module, String name, boolean available, long behind) {
  /** What stands behind the last colon or dot, without what the JVM adds to a lambda. */
  static String simple(String consumer) {
    String name = consumer.substring(consumer.lastIndexOf(':') + 1);
    return name.substring(name.lastIndexOf('.') + 1).split("\\$\\$", 2)[0];
  }
}
