/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void latvianIsComplete() {
    Map<String, String> english = Words.read("en");
    Map<String, String> latvian = Words.read("lv");
    assertEquals(new TreeSet<>(english.keySet()), new TreeSet<>(latvian.keySet()));
    english.forEach(
        (key, text) -> {
          assertEquals(placeholders(text), placeholders(latvian.get(key)), key);
          assertFalse(text.isBlank(), key);
        });
  }

  @Test
  void everyKeyOfTheCodeHasWords() throws IOException {
    Set<String> words = Words.read("en").keySet();
    Pattern key = Pattern.compile("\"(error\\.[a-z0-9.-]+[a-z0-9])\"");
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
        Matcher matcher = key.matcher(Files.readString(source));
        while (matcher.find()) {
          assertTrue(words.contains(matcher.group(1)), source + " " + matcher.group(1));
        }
      }
    }
  }

  private static Set<String> placeholders(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{(\\w+)").matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
