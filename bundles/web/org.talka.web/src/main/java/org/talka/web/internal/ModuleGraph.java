/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which script imports which, by static imports only: what a browser has to load before the first
 * page shows, so that it can be told at once instead of finding out step by step.
 */
final class ModuleGraph {
  private static final Pattern STATIC_IMPORT =
      Pattern.compile(
          "(?:^|[;}\\n])\\s*(?:import|export)\\s*(?:[\\w$*{}\\s,]+?\\s*from\\s*)?[\"']([^\"'\\n]+)[\"']");
  private static final Pattern ENTRY =
      Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"\\{base}/([^\"]+)\"");

  private final StaticFiles files;
  private final Map<String, String> importMap = new TreeMap<>();

  ModuleGraph(StaticFiles files) {
    this.files = files;
    Matcher entry = ENTRY.matcher(files.page("importmap.json"));
    while (entry.find()) {
      importMap.put(entry.group(1), entry.group(2));
    }
  }

  List<String> reachableFrom(String start) {
    Set<String> seen = new LinkedHashSet<>(List.of(start));
    Deque<String> todo = new ArrayDeque<>(seen);
    while (!todo.isEmpty()) {
      String path = todo.remove();
      for (String name : imports(path)) {
        String target =
            resolve(path, name)
                .orElseThrow(() -> new IllegalStateException(path + " imports unknown " + name));
        if (seen.add(target)) {
          todo.add(target);
        }
      }
    }
    return List.copyOf(seen);
  }

  /** The names that a script imports statically. */
  List<String> imports(String path) {
    String source =
        files.asset(path).map(a -> new String(a.bytes(), StandardCharsets.UTF_8)).orElse("");
    List<String> names = new ArrayList<>();
    Matcher match = STATIC_IMPORT.matcher(source);
    while (match.find()) {
      names.add(match.group(1));
    }
    return names;
  }

  /** The file that an import in {@code from} means, absent when there is none. */
  Optional<String> resolve(String from, String name) {
    String path = null;
    if (name.startsWith("./") || name.startsWith("../")) {
      path = java.net.URI.create("/" + from).resolve(name).getPath().substring(1);
    } else if (importMap.containsKey(name)) {
      path = importMap.get(name);
    } else {
      for (Map.Entry<String, String> entry : importMap.entrySet()) {
        if (entry.getKey().endsWith("/") && name.startsWith(entry.getKey())) {
          path = entry.getValue() + name.substring(entry.getKey().length());
        }
      }
    }
    return Optional.ofNullable(path).filter(p -> files.asset(p).isPresent());
  }
}
