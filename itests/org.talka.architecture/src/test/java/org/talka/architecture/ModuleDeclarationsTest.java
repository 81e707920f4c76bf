/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each module of the box declares hangs together, and every word of it exists in both
 * languages: read from its built bundle, as the desk reads it.
 */
class ModuleDeclarationsTest {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)[,}]");

  /** Of every ticket, whatever its type. */
  private static final Set<String> BUILT_IN =
      Set.of("subject", "description", "impact", "urgency", "team", "assignee", "tags");

  /** A module's bundle. */
  private record Bundle(Path file, JsonNode module, JsonNode english, JsonNode latvian) {
    static Bundle of(Path file) {
      return new Bundle(
          file, read(file, "module.json"), read(file, "i18n/en.json"), read(file, "i18n/lv.json"));
    }

    String id() {
      return module.path("id").asText();
    }

    @Override
    public String toString() {
      return id();
    }
  }

  static List<Bundle> modules() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .filter(ModuleDeclarationsTest::isModule)
        .map(Bundle::of)
        .toList();
  }

  @Test
  void everyModuleOfTheTreeIsLookedAt() throws IOException {
    try (Stream<Path> folders =
        Files.list(Path.of(System.getProperty("talka.bundles"), "modules"))) {
      long expected = folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).count();
      assertEquals(expected, modules().size());
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyDeclarationHasItsWords(Bundle bundle) {
    JsonNode module = bundle.module();
    String id = "module." + bundle.id();
    Set<String> keys = new TreeSet<>(Set.of(id + ".title", id + ".description"));
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
    List<String> missing = keys.stream().filter(key -> !bundle.english().has(key)).toList();
    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void latvianHasEveryEnglishWordWithTheSamePlaces(Bundle bundle) {
    List<String> broken = new ArrayList<>();
    bundle
        .english()
        .properties()
        .forEach(
            word -> {
              String translated = bundle.latvian().path(word.getKey()).asText();
              if (translated.isBlank()
                  || !places(translated).equals(places(word.getValue().asText()))) {
                broken.add(word.getKey());
              }
            });
    bundle
        .latvian()
        .fieldNames()
        .forEachRemaining(key -> assertTrue(bundle.english().has(key), key));
    assertEquals(List.of(), broken);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyStateIsReachedFromTheFirst(Bundle bundle) {
    for (JsonNode workflow : bundle.module().path("workflows")) {
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

  @ParameterizedTest
  @MethodSource("modules")
  void formsTransitionsAndActionsNameExistingFields(Bundle bundle) {
    JsonNode module = bundle.module();
    Set<String> fields = new HashSet<>(BUILT_IN);
    module.path("fields").forEach(field -> fields.add(key(field)));
    Set<String> named = new TreeSet<>();
    for (JsonNode type : module.path("ticketTypes")) {
      type.path("form").forEach(section -> named.addAll(texts(section.path("fields"))));
    }
    for (JsonNode workflow : module.path("workflows")) {
      workflow.path("transitions").forEach(t -> named.addAll(texts(t.path("requires"))));
    }
    module.path("actions").forEach(a -> named.addAll(texts(a.path("fields"))));
    named.removeAll(fields);
    assertEquals(Set.of(), named);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyScriptOfTheUiIsInTheBundle(Bundle bundle) throws IOException {
    try (JarFile jar = new JarFile(bundle.file().toFile())) {
      for (JsonNode contribution : bundle.module().path("ui")) {
        String script = contribution.path("script").asText("");
        assertTrue(
            script.isEmpty() || jar.getEntry("TALKA-INF/ui/" + script) != null,
            script + " is missing");
      }
    }
  }

  private static boolean isModule(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getManifest() != null
          && jar.getManifest().getMainAttributes().getValue("Talka-Module") != null;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(file.toString(), e);
    }
  }

  private static JsonNode read(Path file, String name) {
    try (JarFile jar = new JarFile(file.toFile());
        InputStream in = jar.getInputStream(jar.getEntry("TALKA-INF/" + name))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(file + " " + name, e);
    }
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new TreeSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String key(JsonNode node) {
    return node.path("key").asText();
  }

  private static Set<String> places(String pattern) {
    return PLACE
        .matcher(pattern)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }
}
