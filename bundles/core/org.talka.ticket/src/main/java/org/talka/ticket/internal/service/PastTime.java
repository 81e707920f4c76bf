/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Lets seed data happen in the past: a demonstration whose tickets are all of this minute shows no
 * chart over time. Nothing that serves a request or a module may have it; a test reads the classes.
 */
public interface PastTime {
  /**
   * Does something as if it were another time. What it writes on this thread carries that time:
   * tickets, comments, history, links, tasks. What only people on duty hear of, they don't.
   *
   * @param when not after now
   * @throws IllegalArgumentException if it is
   * @throws IllegalStateException if it is another time already
   */
  <T> T at(Instant when, Supplier<T> work);
}
