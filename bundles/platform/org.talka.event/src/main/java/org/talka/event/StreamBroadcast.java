/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Tells everybody who follows the stream now. Not stored: who is not there does not miss it. */
@ProviderType
public interface StreamBroadcast {
  /** Any thread; does not block. See {@link StreamMessage} for what may be sent. */
  void send(String event, Map<String, Object> data);
}
