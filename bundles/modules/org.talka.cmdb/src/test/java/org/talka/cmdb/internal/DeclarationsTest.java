/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the module declares hangs together, and every word of it exists in both languages. */
class DeclarationsTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)[,}]");

  private final JsonNode module = read("module.json");
  private final JsonNode english = read("i18n/en.json");
  private final JsonNode latvian = read("i18n/lv.json");

  @Test
  void everyDeclarationHasItsWords() {
    Set<String> keys = new TreeSet<>(Set.of("module.cmdb.title", "module.cmdb.description"));
    module.path("permissions").forEach(p -> keys.add("permission." + key(p)));
    module.path("linkTypes").forEach(l -> keys.add("link." + key(l)));
    module.path("linkTypes").forEach(l -> keys.add("link." + key(l) + ".inverse"));
    module.path("actions").forEach(a -> keys.add("action." + key(a)));
    module.path("ui").forEach(u -> keys.add("ui." + key(u)));
    module.path("widgets").forEach(w -> keys.add("widget." + key(w)));
    for (JsonNode type : module.path("ticketTypes")) {
      keys.add("type." + key(type));
      keys.add("type." + key(type) + ".plural");
      type.path("form").forEach(s -> keys.add("form." + key(type) + "." + key(s)));
    }
    for (JsonNode field : module.path("fields")) {
      keys.add("field." + key(field));
      field.path("options").forEach(o -> keys.add("field." + key(field) + "." + o.asText()));
    }
    for (JsonNode workflow : module.path("workflows")) {
      workflow.path("states").forEach(s -> keys.add("state." + key(workflow) + "." + key(s)));
      workflow
          .path("transitions")
          .forEach(t -> keys.add("transition." + key(workflow) + "." + key(t)));
    }
    List<String> missing = keys.stream().filter(key -> !english.has(key)).toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void latvianHasEveryEnglishWordWithTheSamePlaceholders() {
    List<String> broken = new ArrayList<>();
    english
        .fields()
        .forEachRemaining(
            word -> {
              String translated = latvian.path(word.getKey()).asText();
              if (translated.isBlank()
                  || !placeholders(translated).equals(placeholders(word.getValue().asText()))) {
                broken.add(word.getKey());
              }
            });
    latvian.fieldNames().forEachRemaining(key -> assertTrue(english.has(key), key));
    assertEquals(List.of(), broken);
  }

  /** Keys are literals in the code, so that they can be read here. */
  @Test
  void everyWordThatTheCodeNamesIsInTheCatalogueAndNoOther() throws IOException {
    Pattern literal = Pattern.compile("\"((?:ui|error)\\.cmdb\\.[A-Za-z0-9.-]+)\"");
    Set<String> named = new TreeSet<>();
    for (String root : List.of("src/main/java", "src/main/resources/TALKA-INF/ui")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          literal.matcher(Files.readString(file)).results().forEach(m -> named.add(m.group(1)));
        }
      }
    }
    module.path("ui").forEach(u -> named.add("ui." + key(u)));
    Set<String> known = new TreeSet<>();
    english.fieldNames().forEachRemaining(known::add);
    known.removeIf(key -> !key.startsWith("ui.") && !key.startsWith("error."));
    assertEquals(known, named);
  }

  @Test
  void everyScriptOfTheUiIsInTheBundle() {
    for (JsonNode contribution : module.path("ui")) {
      String script = contribution.path("script").asText("");
      assertTrue(
          script.isEmpty() || getClass().getResource("/TALKA-INF/ui/" + script) != null, script);
    }
  }

  private static String key(JsonNode node) {
    return node.path("key").asText();
  }

  private static Set<String> placeholders(String pattern) {
    return PLACEHOLDER
        .matcher(pattern)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static JsonNode read(String name) {
    try (InputStream in = DeclarationsTest.class.getResourceAsStream("/TALKA-INF/" + name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
