/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads attributes and children of one element; what nobody asked for is an error. */
final class ChangeElement {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final Element element;

  ChangeElement(Element element, Set<String> attributes) {
    this.element = element;
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      String name = element.getAttributes().item(i).getNodeName();
      if (!attributes.contains(name) && !name.startsWith("xmlns") && !name.startsWith("xsi:")) {
        throw new IllegalArgumentException(
            "<" + element.getLocalName() + "> has an attribute that is not supported: " + name);
      }
    }
  }

  String optional(String attribute) {
    return element.getAttribute(attribute).strip();
  }

  String required(String attribute) {
    String value = optional(attribute);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "<" + element.getLocalName() + "> needs the attribute " + attribute);
    }
    return value;
  }

  boolean flag(String attribute, boolean otherwise) {
    String value = optional(attribute);
    return switch (value) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "<" + element.getLocalName() + " " + attribute + "> is true or false");
    };
  }

  /** The name of a table, column, index or constraint. */
  String name(String attribute) {
    return checked(required(attribute));
  }

  /** Several names, separated by commas. */
  String names(String attribute) {
    return Arrays.stream(required(attribute).split(","))
        .map(name -> checked(name.strip()))
        .collect(Collectors.joining(", "));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not a name in lower case of at most 63 characters");
    }
    return name;
  }

  String text() {
    return element.getTextContent().strip();
  }

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
