/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.talka.module.DeskOverlay;

/** The desk's own words, and what was laid over them. */
public final class FakeOverlay implements DeskOverlay {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path WORDS = Path.of("../org.talka.desk/src/main/resources/TALKA-INF/i18n");

  private final Map<String, Map<String, String>> beneath = new HashMap<>();
  private volatile Map<String, Map<String, String>> given = Map.of();
  private volatile int changes;

  public FakeOverlay() {
    for (String language : new String[] {"en", "lv"}) {
      Map<String, String> words = words(language);
      words.putAll(new FakeDeclarations().words(Locale.forLanguageTag(language)));
      beneath.put(language, words);
    }
  }

  private static Map<String, String> words(String language) {
    try {
      return JSON.readValue(
          WORDS.resolve(language + ".json").toFile(),
          new TypeReference<HashMap<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void words(Map<String, Map<String, String>> catalogues) {
    given = catalogues;
  }

  @Override
  public Map<String, String> beneath(Locale locale) {
    return beneath.get(locale.getLanguage());
  }

  @Override
  public void changed() {
    changes++;
  }

  /** What a key is called now. */
  public String word(String language, String key) {
    String laidOver = given.getOrDefault(language, Map.of()).get(key);
    return laidOver == null ? beneath.get(language).get(key) : laidOver;
  }

  /** How often open pages were told. */
  public int changes() {
    return changes;
  }
}
