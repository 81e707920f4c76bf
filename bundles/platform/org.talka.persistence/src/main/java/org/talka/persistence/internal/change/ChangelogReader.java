/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads {@code META-INF/db/changelog.xml}: the part of Liquibase's format that README.md lists. */
public final class ChangelogReader {
  private ChangelogReader() {}

  /**
   * @throws IllegalArgumentException with what is wrong and where
   */
  public static Changelog read(byte[] xml) {
    Element root = parse(xml);
    if (!root.getLocalName().equals("databaseChangeLog")) {
      throw new IllegalArgumentException("a changelog begins with <databaseChangeLog>");
    }
    List<ChangeSet> changeSets = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Element element : ChangeElement.children(root)) {
      if (!element.getLocalName().equals("changeSet")) {
        throw new IllegalArgumentException("<" + element.getLocalName() + "> is not supported");
      }
      ChangeSet changeSet = changeSet(element);
      if (!ids.add(changeSet.id())) {
        throw new IllegalArgumentException("two change sets have the id " + changeSet.id());
      }
      changeSets.add(changeSet);
    }
    return new Changelog(changeSets);
  }

  private static Element parse(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (SAXException e) {
      throw new IllegalArgumentException("the changelog is not XML: " + e.getMessage(), e);
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ChangeSet changeSet(Element element) {
    ChangeElement read =
        new ChangeElement(element, Set.of("id", "author", "context", "contextFilter"));
    String id = read.required("id");
    if (id.length() > 200) {
      throw new IllegalArgumentException("a change set's id has at most 200 characters: " + id);
    }
    try {
      return changeSet(element, id, contract(read));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("change set " + id + ": " + e.getMessage(), e);
    }
  }

  private static boolean contract(ChangeElement read) {
    String context = read.optional("context") + read.optional("contextFilter");
    return switch (context) {
      case "", "expand" -> false;
      case "contract" -> true;
      default ->
          throw new IllegalArgumentException(
              "context is expand or contract, not \"" + context + "\"");
    };
  }

  private static ChangeSet changeSet(Element element, String id, boolean contract) {
    List<Change> changes = new ArrayList<>();
    List<ChangeSet.SqlRollback> rollback = new ArrayList<>();
    String comment = "";
    StringBuilder canonical = new StringBuilder();
    for (Element child : ChangeElement.children(element)) {
      switch (child.getLocalName()) {
        case "comment" -> comment = child.getTextContent().strip();
        case "rollback" -> rollback.addAll(rollback(child));
        default -> {
          Change change = ChangeReader.read(child);
          if (change.takesAway() && !contract) {
            throw new IllegalArgumentException(
                "<"
                    + child.getLocalName()
                    + "> takes something away from the version that still runs: it belongs into a"
                    + " change set with context=\"contract\"");
          }
          changes.add(change);
          canonical(child, canonical);
        }
      }
    }
    return new ChangeSet(id, contract, digest(canonical.toString()), comment, changes, rollback);
  }

  private static List<ChangeSet.SqlRollback> rollback(Element element) {
    List<ChangeSet.SqlRollback> statements = new ArrayList<>();
    List<Element> children = ChangeElement.children(element);
    if (children.isEmpty()) {
      statements.add(new ChangeSet.SqlRollback(ChangeReader.sql(element)));
    }
    for (Element child : children) {
      if (!child.getLocalName().equals("sql")) {
        throw new IllegalArgumentException("<rollback> holds only <sql>");
      }
      statements.add(new ChangeSet.SqlRollback(ChangeReader.sql(child)));
    }
    return statements;
  }

  /** The same for two spellings of the same change: no layout, attributes in order of name. */
  private static void canonical(Element element, StringBuilder out) {
    out.append('<').append(element.getLocalName());
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      if (!attribute.getNodeName().startsWith("xmlns")) {
        attributes.put(attribute.getNodeName(), attribute.getNodeValue().strip());
      }
    }
    attributes.remove("remarks");
    attributes.forEach(
        (name, value) -> out.append(' ').append(name).append("=\"").append(value).append('"'));
    out.append('>');
    List<Element> children = ChangeElement.children(element);
    if (children.isEmpty()) {
      out.append(element.getTextContent().strip().replaceAll("\\s+", " "));
    }
    children.forEach(child -> canonical(child, out));
    out.append("</>");
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
