/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.talka.cmdb.internal.FieldText;

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

  String text() {
    return FieldText.write(
        Map.of(
            "key", key,
            "names", FieldText.write(names),
            "inverse", FieldText.write(inverse),
            "ends", FieldText.join(List.of(source, target)),
            "cardinality", cardinality.word(),
            "impact", impact.word(),
            "policy", rule.policy().word(),
            "amount", String.valueOf(rule.amount()),
            "retired", String.valueOf(retired),
            "version", String.valueOf(version)));
  }

  static RelationType of(String text) {
    Map<String, String> values = FieldText.read(text);
    List<String> ends = FieldText.split(values.get("ends"));
    return new RelationType(
        values.get("key"),
        FieldText.read(values.get("names")),
        FieldText.read(values.get("inverse")),
        ends.get(0),
        ends.get(1),
        Cardinality.of(values.get("cardinality")).orElse(Cardinality.MANY_TO_MANY),
        Impact.of(values.get("impact")).orElse(Impact.NONE),
        Redundancy.of(
            values.get("policy"), Integer.valueOf(values.get("amount")), new ArrayList<>()),
        Boolean.parseBoolean(values.get("retired")),
        Long.parseLong(values.get("version")));
  }
}
