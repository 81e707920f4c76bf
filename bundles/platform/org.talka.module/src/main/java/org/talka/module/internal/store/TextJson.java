/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.talka.api.text.Text;

/** Texts and small maps in JSON columns. */
final class TextJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextJson() {}

  static String write(Text text) {
    return string(text);
  }

  static Text read(String json) {
    return value(json, new TypeReference<Text>() {});
  }

  static String writeAll(List<Text> texts) {
    return string(texts);
  }

  static List<Text> readAll(String json) {
    return value(json, new TypeReference<List<Text>>() {});
  }

  static String writeMap(Map<String, String> map) {
    return string(map);
  }

  static Map<String, String> readMap(String json) {
    return value(json, new TypeReference<Map<String, String>>() {});
  }

  private static String string(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T value(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException foreign) {
      throw new IllegalStateException("Not written by this class: " + json, foreign);
    }
  }
}
