/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?=[,}])");
  private static final Pattern LITERAL_KEY = Pattern.compile("\"(web\\.[A-Za-z0-9_.-]+)\"");
  private static final Pattern BUILT_KEY = Pattern.compile("`(web\\.[A-Za-z.]+)\\$\\{");

  /** What is given to the audit, as a constant. */
  private static final Pattern AUDITED =
      Pattern.compile(
          "(?:\\baudit|trail)(?:\\.record|\\.recordAlways|)\\(\\s*\"([a-z]+(?:\\.[a-z-]+)+)\"");

  /** Letters between tags, outside of expressions: words that nobody can translate. */
  private static final Pattern LITERAL_TEXT =
      Pattern.compile(
          "<(?:p|b|h1|h2|h3|span|button|label|dt|li|legend)[^<>$`]*>\\s*([A-Z][a-z]{2,}[^<$`{]*)<");

  private final Map<String, String> en = read("en");
  private final Map<String, String> lv = read("lv");

  @Test
  void latvianIsComplete() {
    assertEquals(new TreeSet<>(en.keySet()), new TreeSet<>(lv.keySet()));
    lv.forEach((key, words) -> assertFalse(words.isBlank(), key));
  }

  @Test
  void bothLanguagesFillTheSamePlaces() {
    en.forEach((key, words) -> assertEquals(places(words), places(lv.get(key)), key));
  }

  @Test
  void pluralsHaveTheFormsOfTheirLanguage() {
    en.forEach(
        (key, words) -> {
          if (words.contains(", plural,")) {
            assertTrue(words.contains("one {") && words.contains("other {"), key);
            String latvian = lv.get(key);
            assertTrue(
                latvian.contains("zero {")
                    && latvian.contains("one {")
                    && latvian.contains("other {"),
                key);
          }
        });
  }

  @Test
  void everyKeyInAScriptHasWords() {
    StaticFiles files = Packaged.files();
    Set<String> missing = new TreeSet<>();
    for (String path : files.all().keySet()) {
      if (!path.startsWith("js/")) {
        continue;
      }
      String source = source(files, path);
      Matcher literal = LITERAL_KEY.matcher(source);
      while (literal.find()) {
        if (!en.containsKey(literal.group(1))) {
          missing.add(path + ": " + literal.group(1));
        }
      }
      Matcher built = BUILT_KEY.matcher(source);
      while (built.find()) {
        if (en.keySet().stream().noneMatch(k -> k.startsWith(built.group(1)))) {
          missing.add(path + ": " + built.group(1) + "…");
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  /** Actions that are put together, and said by their parts: a module's operations. */
  @Test
  void everyActionOfTheAuditHasASentenceAndAName() throws IOException {
    Set<String> actions = new TreeSet<>();
    for (String floor : List.of("platform", "core")) {
      try (Stream<Path> files = Files.walk(Path.of("../../" + floor))) {
        for (Path file : files.filter(f -> f.toString().contains("src/main/java")).toList()) {
          if (file.toString().endsWith(".java")) {
            AUDITED.matcher(Files.readString(file)).results().forEach(r -> actions.add(r.group(1)));
          }
        }
      }
    }
    assertTrue(actions.size() > 40, actions.toString());
    String page = source(Packaged.files(), "js/page/admin/audit.js");
    for (String action : actions) {
      assertTrue(en.containsKey("web.audit.did." + action), action);
      assertTrue(en.containsKey("web.audit.what." + action), action);
      assertTrue(page.contains("\"" + action + "\""), action + " can't be chosen");
    }
  }

  @Test
  void noTemplateHasWordsOfItsOwn() {
    StaticFiles files = Packaged.files();
    for (String path : files.all().keySet()) {
      if (path.startsWith("js/")) {
        Matcher text = LITERAL_TEXT.matcher(source(files, path));
        while (text.find()) {
          assertEquals("Talka", text.group(1).strip(), path);
        }
      }
    }
  }

  private static Set<String> places(String pattern) {
    Set<String> names = new TreeSet<>();
    Matcher place = PLACE.matcher(pattern);
    while (place.find()) {
      names.add(place.group(1));
    }
    return names;
  }

  private static String source(StaticFiles files, String path) {
    return new String(files.asset(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> read(String language) {
    try {
      return new ObjectMapper()
          .readValue(
              Packaged.RESOURCES.resolve("TALKA-INF/i18n/" + language + ".json").toFile(),
              new TypeReference<TreeMap<String, String>>() {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
