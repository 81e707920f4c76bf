/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/** Its own REST application under its own path, and nothing in anybody else's. */
final class ComponentRules {
  static final String FOLDER = "OSGI-INF/";

  private static final String APPLICATION = "osgi.jakartars.application.";

  private ComponentRules() {}

  /** Base paths of its REST applications. */
  static List<String> restBases(Map<String, byte[]> entries, String module) {
    List<String> bases = new ArrayList<>();
    entries.forEach(
        (path, bytes) -> {
          if (path.startsWith(FOLDER) && path.endsWith(".xml")) {
            Xml.all(Xml.read(path, bytes)).forEach(element -> property(element, module, bases));
          }
        });
    return List.copyOf(bases);
  }

  private static void property(Element element, String module, List<String> bases) {
    String kind = Xml.name(element);
    if (kind.equals("properties") || kind.equals("factory-properties")) {
      // properties in a file of their own are a second place to look for a path
      throw ArchiveReader.refused(
          "error.module.archive.properties", "file", element.getAttribute("entry"));
    }
    String name = element.getAttribute("name");
    if ((kind.equals("property") || kind.equals("factory-property"))
        && name.startsWith(APPLICATION)) {
      String value = element.getAttribute("value");
      List<String> values =
          element.hasAttribute("value")
              ? List.of(value)
              : element.getTextContent().lines().toList();
      values.stream()
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .forEach(text -> check(name.substring(APPLICATION.length()), text, module, bases));
    }
  }

  private static void check(String property, String value, String module, List<String> bases) {
    if (property.equals("base")) {
      String base = value.startsWith("/") ? value.substring(1) : value;
      if (!base.equals(module) && !base.startsWith(module + "/")) {
        throw ArchiveReader.refused("error.module.archive.rest", "path", value, "module", module);
      }
      bases.add(base);
    }
    // one comparison with its own name: a longer filter could choose others as well
    if (property.equals("select") && !value.matches("\\([^()=<>~*]*=" + module + "\\)")) {
      throw ArchiveReader.refused("error.module.archive.application", "application", value);
    }
  }
}
