/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.PersonId;

/** Tells those who follow the stream now. Not stored: who is not there does not miss it. */
@ProviderType
public interface StreamBroadcast {
  /** To everybody. Any thread; does not block. See {@link StreamMessage} for what may be sent. */
  void send(String event, Map<String, Object> data);

  /** The same for the streams of these people alone, however many each has open. */
  void send(Set<PersonId> people, String event, Map<String, Object> data);
}
