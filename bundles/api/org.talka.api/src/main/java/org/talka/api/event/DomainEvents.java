/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.event;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Where events are announced. */
@ProviderType
public interface DomainEvents {
  /**
   * Announces an event in the current transaction: it is stored with the change itself and told
   * after commit; a roll-back takes it away.
   *
   * @param type see {@link DomainEvent#type()}; a module's own begin with its id
   */
  void publish(String type, String subject, Map<String, Object> data);
}
