/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Designs in the form in which they are stored. */
public final class DesignJson {
  // an older desk's row may have what this one does not know any more
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private DesignJson() {}

  /**
   * @throws IllegalStateException if it is none
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored " + type.getSimpleName() + " can't be read", e);
    }
  }

  public static String write(Object design) {
    try {
      return JSON.writeValueAsString(design);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A design can't be written as JSON", e);
    }
  }
}
