/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** The tables of the desk and of others are not a module's to change. */
final class ChangelogRules {
  static final String PATH = "META-INF/db/changelog.xml";

  private final String prefix;

  private ChangelogRules(String module) {
    this.prefix = module.replace('-', '_') + "_";
  }

  /** Ids of the change sets, each with what it says of itself. */
  static Map<String, String> changeSets(byte[] changelog, String module) {
    Map<String, String> found = new LinkedHashMap<>();
    if (changelog == null) {
      return found;
    }
    ChangelogRules rules = new ChangelogRules(module);
    for (Element element : Xml.all(Xml.read(PATH, changelog))) {
      rules.names(element);
      if (Xml.name(element).equals("changeSet")) {
        rules.statements(element);
        found.put(element.getAttribute("id"), comment(element));
      }
    }
    return found;
  }

  private static String comment(Element changeSet) {
    return Xml.children(changeSet).stream()
        .filter(child -> Xml.name(child).equals("comment"))
        .map(comment -> comment.getTextContent().strip())
        .findFirst()
        .orElse(changeSet.getAttribute("id"));
  }

  /** Dropping an index names no table in SQL, so its own name has to tell whose it is. */
  private void names(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      String name = attribute.getNodeName().toLowerCase(Locale.ROOT);
      boolean names =
          name.endsWith("tablename") || name.equals("indexname") || name.equals("sequencename");
      if (names) {
        own(attribute.getNodeValue().strip());
      }
    }
  }

  private void statements(Element changeSet) {
    for (Element element : Xml.all(changeSet)) {
      boolean plainRollback =
          Xml.name(element).equals("rollback") && Xml.children(element).isEmpty();
      if (Xml.name(element).equals("sql") || plainRollback) {
        SqlTables.check(element.getTextContent(), prefix)
            .ifPresent(
                finding -> {
                  finding.table().ifPresent(this::own);
                  throw ArchiveReader.refused(
                      "error.module.archive.sql",
                      "change",
                      changeSet.getAttribute("id"),
                      "word",
                      finding.word().orElse(finding.table().orElse("")));
                });
      }
    }
  }

  private void own(String name) {
    if (!name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
      throw ArchiveReader.refused("error.module.archive.table", "table", name, "prefix", prefix);
    }
  }
}
