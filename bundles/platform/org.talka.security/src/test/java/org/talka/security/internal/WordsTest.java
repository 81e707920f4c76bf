/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final java.util.regex.Pattern PLACE =
      java.util.regex.Pattern.compile("\\{([a-z]+)[,}]");

  @Test
  void areCompleteInLatvian() throws IOException {
    Map<String, String> english = words("en");
    Map<String, String> latvian = words("lv");
    assertEquals(english.keySet(), latvian.keySet());
    english.forEach((key, text) -> assertEquals(places(text), places(latvian.get(key)), key));
  }

  @Test
  void nameEveryErrorOfTheCode() throws IOException {
    Set<String> known = words("en").keySet();
    java.util.regex.Pattern key = java.util.regex.Pattern.compile("\"(error\\.[A-Za-z.]+)\"");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        var matcher = key.matcher(Files.readString(file));
        while (matcher.find()) {
          assertTrue(known.contains(matcher.group(1)), file + ": " + matcher.group(1));
        }
      }
    }
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(r -> r.group(1))
        .collect(java.util.stream.Collectors.toSet());
  }

  private static Map<String, String> words(String language) throws IOException {
    try (InputStream in =
        WordsTest.class.getResourceAsStream("/TALKA-INF/i18n/" + language + ".json")) {
      Map<String, String> words = new TreeMap<>();
      new ObjectMapper()
          .readTree(in)
          .properties()
          .forEach(entry -> words.put(entry.getKey(), entry.getValue().asText()));
      return words;
    }
  }
}
