/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;

/** The bundle's own words, without the platform that would join them with the others'. */
public final class Words implements Translator {
  private final Map<String, Map<String, String>> languages =
      Map.of("en", read("en"), "lv", read("lv"));

  @Override
  public String translate(Text text, Locale locale) {
    String pattern =
        languages.getOrDefault(locale.getLanguage(), languages.get("en")).get(text.key());
    if (pattern == null) {
      return text.key();
    }
    for (Map.Entry<String, String> arg : text.args().entrySet()) {
      pattern = pattern.replace("{" + arg.getKey() + "}", arg.getValue());
    }
    return pattern;
  }

  public static Map<String, String> read(String language) {
    try (InputStream in =
        Words.class.getResourceAsStream("/TALKA-INF/i18n/" + language + ".json")) {
      @SuppressWarnings("unchecked")
      Map<String, String> words = new ObjectMapper().readValue(in, Map.class);
      return words;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
