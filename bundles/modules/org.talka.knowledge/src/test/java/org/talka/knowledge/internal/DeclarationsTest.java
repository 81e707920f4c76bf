/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the module declares hangs together, and every word of it exists in both languages. */
class DeclarationsTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)[,}]");

  private final JsonNode module = read("module.json");
  private final JsonNode english = read("i18n/en.json");
  private final JsonNode latvian = read("i18n/lv.json");

  @Test
  void everyDeclarationHasItsWords() {
    Set<String> keys =
        new TreeSet<>(Set.of("module.knowledge.title", "module.knowledge.description"));
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

  @Test
  void everyStateIsReachedFromTheFirst() {
    for (JsonNode workflow : module.path("workflows")) {
      Set<String> reached = new HashSet<>();
      Deque<String> next = new ArrayDeque<>(List.of(workflow.path("initial").asText()));
      while (!next.isEmpty()) {
        String state = next.pop();
        if (reached.add(state)) {
          for (JsonNode transition : workflow.path("transitions")) {
            for (JsonNode from : transition.path("from")) {
              if (from.asText().equals(state)) {
                next.push(transition.path("to").asText());
              }
            }
          }
        }
      }
      Set<String> states = new HashSet<>();
      workflow.path("states").forEach(state -> states.add(key(state)));
      assertEquals(states, reached);
    }
  }

  @Test
  void formsTransitionsAndActionsNameExistingFields() {
    Set<String> fields =
        new HashSet<>(
            Set.of("subject", "description", "impact", "urgency", "team", "assignee", "tags"));
    module.path("fields").forEach(field -> fields.add(key(field)));
    Set<String> named = new TreeSet<>();
    module
        .path("ticketTypes")
        .forEach(
            type ->
                type.path("form")
                    .forEach(
                        section -> section.path("fields").forEach(f -> named.add(f.asText()))));
    module
        .path("workflows")
        .forEach(
            workflow ->
                workflow
                    .path("transitions")
                    .forEach(t -> t.path("requires").forEach(f -> named.add(f.asText()))));
    module.path("actions").forEach(a -> a.path("fields").forEach(f -> named.add(f.asText())));
    named.removeAll(fields);
    assertEquals(Set.of(), named);
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
