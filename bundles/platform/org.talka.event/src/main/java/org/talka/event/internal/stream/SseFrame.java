/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes over the wire (HTML, section 9.2: server-sent events). */
final class SseFrame {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SseFrame() {}

  /** How long a browser waits before it connects again. */
  static byte[] retry(long millis) {
    return bytes("retry: " + millis + "\n\n");
  }

  /** An event with the number to resume from. */
  static byte[] event(long id, String event, Map<String, Object> data) {
    return bytes("id: " + id + "\nevent: " + event + "\ndata: " + json(data) + "\n\n");
  }

  /** An event that resuming does not bring back. */
  static byte[] event(String event, Map<String, Object> data) {
    return bytes("event: " + event + "\ndata: " + json(data) + "\n\n");
  }

  /** Keeps the connection alive and moves the number to resume from, without an event. */
  static byte[] heartbeat(long id) {
    return bytes(": alive\nid: " + id + "\n\n");
  }

  private static String json(Map<String, Object> data) {
    try {
      // one line: JSON as Jackson writes it has no line breaks of its own
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
