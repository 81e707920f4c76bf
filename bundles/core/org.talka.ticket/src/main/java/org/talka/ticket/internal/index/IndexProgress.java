/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.index;

import java.time.Duration;

/** How far the search index is behind what was committed. */
public interface IndexProgress {
  /** Whether the index holds all tickets, apart from changes on their way. */
  boolean ready();

  /**
   * Waits until what is committed now can be found, at most this long. Blocks the calling thread.
   *
   * @return whether it can
   */
  boolean await(Duration atMost);
}
