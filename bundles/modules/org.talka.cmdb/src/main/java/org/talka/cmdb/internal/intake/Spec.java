/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.talka.cmdb.internal.FieldText;

/**
 * What the rows of an import mean, checked; kept with the import, so that it can go on elsewhere.
 *
 * @param relations whether the rows are relations and not items
 * @param by who imports
 * @param classKey the class of rows that name none; of relations the class of their sources
 * @param keys the identity keys that items, or sources, are known by
 * @param mapping which field each column is
 * @param targetClass of relations the class of their targets, else empty
 * @param relationType of relations that name no type; may be empty
 */
record Spec(
    boolean relations,
    String source,
    String by,
    String classKey,
    List<List<String>> keys,
    Map<String, String> mapping,
    String targetClass,
    List<List<String>> targetKeys,
    String relationType) {

  /** The same, imported by somebody else. */
  Spec by(String who) {
    return new Spec(
        relations, source, who, classKey, keys, mapping, targetClass, targetKeys, relationType);
  }

  /** The row by fields; columns that are no field are left out. */
  Map<String, String> fields(Map<String, String> row) {
    Map<String, String> values = new TreeMap<>();
    row.forEach(
        (column, value) -> {
          if (mapping.containsKey(column)) {
            values.put(mapping.get(column), value);
          }
        });
    return values;
  }

  String text() {
    List<String> columns = new ArrayList<>();
    // a column may be called anything, so it can't be the name of a value
    mapping.forEach((column, field) -> columns.addAll(List.of(column, field)));
    return FieldText.write(
        Map.of(
            "relations", String.valueOf(relations),
            "source", source,
            "by", by,
            "classKey", classKey,
            "keys", lists(keys),
            "mapping", FieldText.join(columns),
            "targetClass", targetClass,
            "targetKeys", lists(targetKeys),
            "relationType", relationType));
  }

  static Spec of(String text) {
    Map<String, String> values = FieldText.read(text);
    List<String> columns = FieldText.split(values.get("mapping"));
    Map<String, String> mapping = new TreeMap<>();
    for (int i = 0; i + 1 < columns.size(); i += 2) {
      mapping.put(columns.get(i), columns.get(i + 1));
    }
    return new Spec(
        Boolean.parseBoolean(values.get("relations")),
        values.get("source"),
        values.get("by"),
        values.get("classKey"),
        lists(values.get("keys")),
        mapping,
        values.get("targetClass"),
        lists(values.get("targetKeys")),
        values.get("relationType"));
  }

  private static String lists(List<List<String>> keys) {
    return FieldText.join(keys.stream().map(FieldText::join).toList());
  }

  private static List<List<String>> lists(String text) {
    return FieldText.split(text).stream().map(FieldText::split).toList();
  }
}
