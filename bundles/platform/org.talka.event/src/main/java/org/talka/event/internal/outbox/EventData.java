/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Map;

/** An event's data as JSON. */
public final class EventData {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private EventData() {}

  /**
   * @throws IllegalArgumentException if there is anything but strings, numbers, booleans, lists and
   *     maps: an object of a module's own class would otherwise end up in the database by its
   *     fields
   */
  public static String write(Map<String, Object> data) {
    check(data);
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Map<String, Object> read(String json) {
    try {
      return JSON.readValue(json, MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event's data is not JSON", e);
    }
  }

  private static void check(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> {
            if (!(key instanceof String)) {
              throw new IllegalArgumentException("keys of event data are strings, not " + key);
            }
            check(inner);
          });
    } else if (value instanceof Collection<?> list) {
      list.forEach(EventData::check);
    } else if (value instanceof String text) {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("event data has no NUL characters");
      }
    } else if (!(value instanceof Boolean) && !isNumber(value)) {
      throw new IllegalArgumentException(
          "event data holds strings, numbers, booleans, lists and maps, not "
              + (value == null ? "null" : value.getClass().getName()));
    }
  }

  private static boolean isNumber(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Double d && Double.isFinite(d)
        || value instanceof Float f && Float.isFinite(f)
        || value instanceof java.math.BigDecimal
        || value instanceof java.math.BigInteger;
  }
}
