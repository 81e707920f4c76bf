/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.Map;

/**
 * What a browser is told.
 *
 * @param event the name it listens to, for example {@code ticket}
 * @param data strings, numbers, booleans, lists and maps of those
 */
public record StreamMessage(String event, Map<String, Object> data) {
  public StreamMessage {
    if (!event.matches("[a-z][a-zA-Z0-9.-]{0,60}")) {
      throw new IllegalArgumentException("not a name of a stream event: " + event);
    }
    data = Map.copyOf(data);
  }
}
