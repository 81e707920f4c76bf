/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueOfWordsTest {
  private static final Path WORDS = Path.of("src/main/resources/TALKA-INF/i18n");
  private static final Pattern KEY =
      Pattern.compile("\"((?:error\\.ticket|ticket\\.(?:import|access))\\.[a-z.-]+)\"");
  private static final Pattern JOB = Pattern.compile("Job\\.KEY \\+ \"=([a-z-]+)\"");
  private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

  @Test
  void bothLanguagesSayTheSameWithTheSamePlaceHolders() throws IOException {
    Map<String, String> en = words("en");
    Map<String, String> lv = words("lv");
    assertEquals(en.keySet(), lv.keySet());
    en.forEach((key, text) -> assertEquals(names(text), names(lv.get(key)), key));
  }

  @Test
  void everyRefusalHasItsWords() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = KEY.matcher(Files.readString(file));
        matcher.results().map(found -> found.group(1)).forEach(used::add);
        JOB.matcher(Files.readString(file))
            .results()
            .map(found -> "job.core." + found.group(1))
            .forEach(used::add);
      }
    }
    assertEquals(used, words("en").keySet());
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static TreeMap<String, String> words(String language) throws IOException {
    return new ObjectMapper()
        .readValue(WORDS.resolve(language + ".json").toFile(), new TypeReference<>() {});
  }
}
