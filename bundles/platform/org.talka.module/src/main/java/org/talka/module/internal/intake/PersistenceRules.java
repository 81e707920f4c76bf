/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A module's persistence unit bears the module's id: the unit's name decides whose change sets are
 * run, undone and remembered.
 */
final class PersistenceRules {
  static final String PATH = "META-INF/persistence.xml";

  private PersistenceRules() {}

  static void check(byte[] persistence, String module, Set<String> entries) {
    if (persistence == null) {
      return;
    }
    List<Element> units =
        Xml.all(Xml.read(PATH, persistence)).stream()
            .filter(element -> Xml.name(element).equals("persistence-unit"))
            .toList();
    if (units.size() != 1 || !units.get(0).getAttribute("name").strip().equals(module)) {
      throw ArchiveReader.refused(
          "error.module.archive.unit",
          "unit",
          units.size() == 1 ? units.get(0).getAttribute("name") : String.valueOf(units.size()),
          "module",
          module);
    }
    for (Element child : Xml.children(units.get(0))) {
      switch (Xml.name(child)) {
        case "class" -> {
          String entity = child.getTextContent().strip();
          if (!entries.contains(entity.replace('.', '/') + ".class")) {
            throw ArchiveReader.refused("error.module.archive.entity", "entity", entity);
          }
        }
        case "description", "exclude-unlisted-classes" -> {
          // says nothing that changes anything
        }
        default ->
            throw ArchiveReader.refused(
                "error.module.archive.unitElement", "element", Xml.name(child));
      }
    }
  }
}
