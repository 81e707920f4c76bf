/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.cmdb.internal.Folded;
import org.talka.cmdb.internal.item.Field;

/** What tells one item from another. */
public final class Identity {
  /** What devices report when nobody has written anything: identifies nothing. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "",
          "-",
          "0",
          "n/a",
          "na",
          "none",
          "null",
          "unknown",
          "default",
          "default string",
          "not specified",
          "system serial number",
          "to be filled by o.e.m.",
          "123456789");

  private Identity() {}

  /**
   * Whether these fields can tell items of the class apart: each of them exists, and one at least
   * holds what rarely repeats, a name, a text or a number.
   */
  public static boolean strong(Schema schema, String classKey, List<String> fields) {
    Map<String, Attribute> attributes = schema.attributes(classKey);
    return fields.stream().allMatch(f -> attributes.containsKey(f) || Field.BUILT_IN.contains(f))
        && fields.stream().anyMatch(f -> tells(schema, classKey, f));
  }

  /** Whether the field holds what rarely repeats. */
  public static boolean tells(Schema schema, String classKey, String field) {
    Attribute attribute = schema.attributes(classKey).get(field);
    return attribute == null ? field.equals(Field.NAME) : attribute.type().identifies();
  }

  /** A value in a form to compare; nothing for a placeholder. */
  public static Optional<String> folded(String value) {
    String folded = Folded.text(value);
    return PLACEHOLDERS.contains(folded) ? Optional.empty() : Optional.of(folded);
  }

  /**
   * What the values say about which item it is, in a form to compare; nothing when one of them is
   * missing or a placeholder.
   */
  public static Optional<String> of(List<String> fields, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      Optional<String> folded = folded(values.getOrDefault(field, ""));
      if (folded.isEmpty()) {
        return Optional.empty();
      }
      text.append(field).append('=').append(folded.get()).append('\n');
    }
    return Optional.of(text.toString());
  }
}
