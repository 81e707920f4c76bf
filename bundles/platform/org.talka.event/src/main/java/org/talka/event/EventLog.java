/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.event.DomainEvent;

/** The stored events, for those who read at their own pace. Thread-safe; blocks on the database. */
@ProviderType
public interface EventLog {
  /**
   * The number up to which everything is told: no event with this number or a lower one can appear
   * any more. Does not read the database.
   */
  long lastSequence();

  /**
   * The events after this number, in order, and none beyond {@link #lastSequence}.
   *
   * @param limit the most, 1 to 1000
   */
  List<DomainEvent> after(long sequence, int limit);
}
