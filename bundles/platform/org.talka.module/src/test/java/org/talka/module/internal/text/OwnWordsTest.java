/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** This bundle's own catalogues. */
class OwnWordsTest {
  private static Map<String, String> catalogue(String language) throws IOException {
    try (InputStream in =
        OwnWordsTest.class.getResourceAsStream("/TALKA-INF/i18n/" + language + ".json")) {
      return Catalogues.read(in);
    }
  }

  @Test
  void latvianIsComplete() throws IOException {
    assertEquals(new TreeSet<>(catalogue("en").keySet()), new TreeSet<>(catalogue("lv").keySet()));
  }

  @Test
  void everyPatternCanBeReadAndBothLanguagesNameTheSameValues() throws IOException {
    Map<String, String> latvian = catalogue("lv");
    catalogue("en")
        .forEach(
            (key, english) -> {
              Pattern.parse(english);
              Pattern.parse(latvian.get(key));
              assertEquals(names(english), names(latvian.get(key)), key);
            });
  }

  private static Set<String> names(String pattern) {
    Set<String> names = new TreeSet<>();
    Matcher name = java.util.regex.Pattern.compile("\\{([a-z]+)[,}]").matcher(pattern);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  @Test
  void everyKeyThatTheCodeNamesIsThere() throws IOException {
    Map<String, String> english = catalogue("en");
    java.util.regex.Pattern key =
        java.util.regex.Pattern.compile(
            "\"((?:error\\.module|module\\.(?:note|reason|blocker|remedy|deploy))\\.[A-Za-z.]*[A-Za-z])\"");
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher found = key.matcher(Files.readString(file));
        while (found.find()) {
          if (!english.containsKey(found.group(1))) {
            missing.add(found.group(1));
          }
        }
      }
    }
    assertTrue(missing.isEmpty(), missing::toString);
  }
}
