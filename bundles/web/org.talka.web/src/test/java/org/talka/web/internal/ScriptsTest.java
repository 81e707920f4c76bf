/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptsTest {
  private static final int BUDGET_BYTES = 120 * 1024;

  private static final Pattern DYNAMIC = Pattern.compile("\\bimport\\(\"([^\"]+)\"\\)");
  private final StaticFiles files = Packaged.files();
  private final ModuleGraph graph = new ModuleGraph(files);

  @Test
  void everyImportIsInTheImportMapOrAFile() {
    List<String> broken = new ArrayList<>();
    for (String path : files.all().keySet()) {
      if (path.endsWith(".js")) {
        for (String name : imports(path)) {
          if (graph.resolve(path, name).isEmpty()) {
            broken.add(path + " → " + name);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void theImportMapHasTheNamesThatModulesMayUse() {
    for (String name :
        List.of(
            "lit",
            "lit/directives/repeat.js",
            "@talka/ui",
            "@talka/ui/board",
            "@talka/ui/calendar",
            "@talka/ui/charts",
            "@talka/ui/i18n")) {
      assertTrue(graph.resolve("js/main.js", name).isPresent(), name);
    }
  }

  /** Pages are loaded when they are first entered: nobody waits for those of others. */
  @Test
  void noPageNeedsMoreScriptsThanTheBudget() {
    Map<String, Integer> needed = new TreeMap<>();
    for (String path : files.all().keySet()) {
      if (path.startsWith("js/page/")) {
        Set<String> scripts = new LinkedHashSet<>(graph.reachableFrom("js/main.js"));
        scripts.addAll(graph.reachableFrom("js/core/workspace.js"));
        scripts.addAll(graph.reachableFrom(path));
        needed.put(
            path,
            scripts.stream().mapToInt(p -> files.asset(p).orElseThrow().compressed().length).sum());
      }
    }
    needed.values().removeIf(bytes -> bytes <= BUDGET_BYTES);
    assertEquals(Map.of(), needed, "bytes compressed");
  }

  @Test
  void importsNothingButTheKitAndTheCoreFromBelow() {
    // the kit is the API of modules: it must not know pages
    for (String path : files.all().keySet()) {
      if (path.startsWith("js/kit/")) {
        for (String name : graph.imports(path)) {
          assertTrue(!name.contains("/page/"), path + " imports " + name);
        }
      }
    }
  }

  @Test
  void noModuleDefinesAnElementByItself() throws IOException {
    Path modules = Path.of("../../modules");
    if (!Files.isDirectory(modules)) {
      return;
    }
    try (Stream<Path> all = Files.walk(modules)) {
      for (Path script :
          all.filter(
                  p ->
                      p.toString().replace('\\', '/').contains("/src/main/resources/TALKA-INF/ui/"))
              .filter(p -> p.toString().endsWith(".js"))
              .toList()) {
        assertTrue(!Files.readString(script).contains("customElements.define"), script.toString());
      }
    }
  }

  @Test
  void usesNoSinkThatTheTrustedTypesPolicyWouldRefuse() {
    Pattern sinks =
        Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|unsafeHTML");
    for (String path : files.all().keySet()) {
      if (path.startsWith("js/")) {
        assertTrue(!sinks.matcher(source(path)).find(), path);
      }
    }
  }

  private List<String> imports(String path) {
    List<String> names = new ArrayList<>(graph.imports(path));
    Matcher dynamic = DYNAMIC.matcher(source(path));
    while (dynamic.find()) {
      names.add(dynamic.group(1));
    }
    return names;
  }

  private String source(String path) {
    return new String(files.asset(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }
}
