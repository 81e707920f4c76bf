/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;
import org.talka.cmdb.internal.FieldText;

/**
 * A value that items of a class and of its subclasses have.
 *
 * @param key camelCase, once in a line of ancestors
 * @param options what to choose from, for {@link AttributeType#CHOICE}
 * @param controlled whether a change without the number of its change request counts as drift
 * @param retired kept where it is, asked for nowhere
 */
public record Attribute(
    String key,
    Map<String, String> names,
    AttributeType type,
    List<String> options,
    boolean required,
    boolean controlled,
    boolean retired) {
  public Attribute {
    names = Map.copyOf(names);
    options = List.copyOf(options);
  }

  String text() {
    return FieldText.write(
        Map.of(
            "key", key,
            "names", FieldText.write(names),
            "type", type.word(),
            "options", FieldText.join(options),
            "required", String.valueOf(required),
            "controlled", String.valueOf(controlled),
            "retired", String.valueOf(retired)));
  }

  static Attribute of(String text) {
    Map<String, String> values = FieldText.read(text);
    return new Attribute(
        values.get("key"),
        FieldText.read(values.get("names")),
        AttributeType.of(values.get("type")).orElse(AttributeType.TEXT),
        FieldText.split(values.get("options")),
        Boolean.parseBoolean(values.get("required")),
        Boolean.parseBoolean(values.get("controlled")),
        Boolean.parseBoolean(values.get("retired")));
  }
}
