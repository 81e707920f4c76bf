/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.util.List;
import org.talka.api.event.DomainEvent;

/** Tells somebody events. */
interface Delivery {
  /**
   * Tells these, in order.
   *
   * @return false when it was asked to stop in the middle; the events come again next time
   * @throws RuntimeException to be called again with the same events
   */
  boolean deliver(List<DomainEvent> batch, Stop stop);
}
