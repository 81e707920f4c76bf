/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;
import org.talka.cmdb.internal.FieldText;

/**
 * A kind of configuration item. It has the attributes of its ancestors and its own.
 *
 * @param parent the key of the class above; empty for a root
 * @param grouping whether it only gathers classes and has no items of its own
 * @param service whether its items, and those beneath, are services: what people notice when it is
 *     gone
 * @param attributes its own, in the order of forms
 * @param identities which fields together tell one item from another, the surest first
 */
public record ItemClass(
    String key,
    String parent,
    Map<String, String> names,
    String icon,
    boolean grouping,
    boolean service,
    boolean retired,
    List<Attribute> attributes,
    List<List<String>> identities,
    long version) {
  public ItemClass {
    names = Map.copyOf(names);
    attributes = List.copyOf(attributes);
    identities = identities.stream().map(List::copyOf).toList();
  }

  String text() {
    return FieldText.write(
        Map.of(
            "key", key,
            "parent", parent,
            "names", FieldText.write(names),
            "icon", icon,
            "grouping", String.valueOf(grouping),
            "service", String.valueOf(service),
            "retired", String.valueOf(retired),
            "attributes", FieldText.join(attributes.stream().map(Attribute::text).toList()),
            "identities", FieldText.join(identities.stream().map(FieldText::join).toList()),
            "version", String.valueOf(version)));
  }

  static ItemClass of(String text) {
    Map<String, String> values = FieldText.read(text);
    return new ItemClass(
        values.get("key"),
        values.get("parent"),
        FieldText.read(values.get("names")),
        values.get("icon"),
        Boolean.parseBoolean(values.get("grouping")),
        Boolean.parseBoolean(values.get("service")),
        Boolean.parseBoolean(values.get("retired")),
        FieldText.split(values.get("attributes")).stream().map(Attribute::of).toList(),
        FieldText.split(values.get("identities")).stream().map(FieldText::split).toList(),
        Long.parseLong(values.get("version")));
  }
}
