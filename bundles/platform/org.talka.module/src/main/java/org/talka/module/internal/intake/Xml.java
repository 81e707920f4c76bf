/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

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
import org.xml.sax.SAXException;

/**
 * Reads the XML files of an archive with the same kind of parser as those who use them later, so
 * that nothing hides in an encoding, an entity or a CDATA section. Document types are refused.
 */
final class Xml {
  private Xml() {}

  /**
   * @param file its path in the archive
   * @throws org.talka.api.error.DomainException INVALID if it is not XML
   */
  static Element read(String file, byte[] content) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(content)).getDocumentElement();
    } catch (SAXException | IOException wrong) {
      throw ArchiveReader.refused("error.module.archive.xml", "file", file);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** This element and all below it, in document order. */
  static List<Element> all(Element root) {
    List<Element> all = new ArrayList<>();
    collect(root, all);
    return all;
  }

  private static void collect(Element element, List<Element> all) {
    all.add(element);
    children(element).forEach(child -> collect(child, all));
  }

  static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  /** Its name without a prefix. */
  static String name(Element element) {
    String name = element.getNodeName();
    return name.substring(name.indexOf(':') + 1);
  }
}
