/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;

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
}
