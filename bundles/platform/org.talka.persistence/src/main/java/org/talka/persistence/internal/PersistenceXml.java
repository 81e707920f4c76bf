/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a {@code META-INF/persistence.xml} says.
 *
 * @param unit the name of its one unit
 * @param classes the listed classes
 */
public record PersistenceXml(String unit, List<String> classes) {
  public PersistenceXml {
    classes = List.copyOf(classes);
  }

  /**
   * @throws IllegalArgumentException if there is not exactly one unit, or it says what is the
   *     platform's to say
   */
  public static PersistenceXml read(byte[] xml) {
    NodeList units = parse(xml).getElementsByTagNameNS("*", "persistence-unit");
    if (units.getLength() != 1) {
      throw new IllegalArgumentException(
          "persistence.xml holds exactly one persistence-unit, not " + units.getLength());
    }
    Element unit = (Element) units.item(0);
    String name = unit.getAttribute("name").strip();
    if (!name.matches("[a-z][a-z0-9-]{0,99}")) {
      throw new IllegalArgumentException(
          "a persistence unit is named in lower-case letters, digits and hyphens: \""
              + name
              + "\"");
    }
    List<String> classes = new ArrayList<>();
    for (Node node = unit.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        switch (child.getLocalName()) {
          case "class" -> classes.add(child.getTextContent().strip());
          case "description", "exclude-unlisted-classes" -> {
            // says nothing that changes anything
          }
          default ->
              throw new IllegalArgumentException(
                  "persistence unit "
                      + name
                      + ": <"
                      + child.getLocalName()
                      + "> is the platform's to say");
        }
      }
    }
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          "persistence unit " + name + " lists no <class>; nothing is scanned");
    }
    return new PersistenceXml(name, classes);
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
      throw new IllegalArgumentException("persistence.xml is not XML: " + e.getMessage(), e);
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
