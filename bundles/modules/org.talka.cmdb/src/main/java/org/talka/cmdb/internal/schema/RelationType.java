/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.Map;

/**
 * A kind of directed relation.
 *
 * @param names read from source to target, {@code depends on}
 * @param inverse read from target to source, {@code is needed by}
 * @param source the class that sources are of, or of a class beneath it
 * @param target likewise for targets
 * @param impact which way a failure goes
 * @param rule how many of the suppliers of one item are needed, unless the item says otherwise
 */
public record RelationType(
    String key,
    Map<String, String> names,
    Map<String, String> inverse,
    String source,
    String target,
    Cardinality cardinality,
    Impact impact,
    Redundancy rule,
    boolean retired,
    long version) {
  public RelationType {
    names = Map.copyOf(names);
    inverse = Map.copyOf(inverse);
  }
}
