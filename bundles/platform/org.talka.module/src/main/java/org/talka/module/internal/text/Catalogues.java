/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Reads a catalogue file: a flat JSON object of strings. */
public final class Catalogues {
  /** Where a bundle keeps its words; one file per language. */
  public static final String FOLDER = "TALKA-INF/i18n";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Catalogues() {}

  /** The language of a catalogue file, from its name. */
  public static String language(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(0, name.length() - ".json".length());
  }

  /**
   * @throws IOException if it can't be read or is no flat object of strings
   */
  public static Map<String, String> read(InputStream in) throws IOException {
    Map<?, ?> raw;
    try {
      raw = JSON.readValue(in, TreeMap.class);
    } catch (JsonProcessingException wrong) {
      throw new IOException("No JSON object: " + wrong.getOriginalMessage(), wrong);
    }
    Map<String, String> words = new TreeMap<>();
    for (Map.Entry<?, ?> entry : raw.entrySet()) {
      if (!(entry.getValue() instanceof String pattern)) {
        throw new IOException("The value of " + entry.getKey() + " is no string");
      }
      words.put((String) entry.getKey(), pattern);
    }
    return Map.copyOf(words);
  }
}
