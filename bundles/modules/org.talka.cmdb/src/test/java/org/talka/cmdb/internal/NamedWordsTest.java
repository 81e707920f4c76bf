/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys of words are literals in the code, so that they can be read here. */
class NamedWordsTest {
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:ui|error)\\.cmdb\\.[A-Za-z0-9.-]+)\"");

  @Test
  void everyWordThatTheCodeNamesIsInTheCatalogueAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String root : List.of("src/main/java", "src/main/resources/TALKA-INF/ui")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          LITERAL.matcher(Files.readString(file)).results().forEach(m -> named.add(m.group(1)));
        }
      }
    }
    read("module.json").path("ui").forEach(u -> named.add("ui." + u.path("key").asText()));
    Set<String> known = new TreeSet<>();
    read("i18n/en.json").fieldNames().forEachRemaining(known::add);
    known.removeIf(key -> !key.startsWith("ui.") && !key.startsWith("error."));
    assertEquals(known, named);
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = NamedWordsTest.class.getResourceAsStream("/TALKA-INF/" + name)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
