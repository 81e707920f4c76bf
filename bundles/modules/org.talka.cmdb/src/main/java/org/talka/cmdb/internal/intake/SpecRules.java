/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.schema.Identity;
import org.talka.cmdb.internal.schema.RelationType;
import org.talka.cmdb.internal.schema.Schema;

/** Makes a {@link Spec} of what was asked for, or says what is wrong with it. */
final class SpecRules {
  private static final Pattern SOURCE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,59}");
  private static final String ITEMS = "items";
  private static final String RELATIONS = "relations";

  private final Schema schema;
  private final ImportRequest request;

  SpecRules(Schema schema, ImportRequest request) {
    this.schema = schema;
    this.request = request;
  }

  /**
   * @param columns those of the rows
   * @throws DomainException INVALID
   */
  Spec spec(String by, Collection<String> columns) {
    boolean relations = RELATIONS.equals(request.kind());
    if (request.kind() != null && !relations && !request.kind().equals(ITEMS)) {
      throw DomainException.invalid("kind", "error.cmdb.choice", "value", request.kind());
    }
    String source = source();
    String classKey = itemClass("classKey", request.classKey());
    if (!relations) {
      List<List<String>> keys = keys("keys", classKey, request.keys());
      return new Spec(
          false, source, by, classKey, keys, mapping(fields(classKey), columns), "", List.of(), "");
    }
    String target =
        request.targetClass() == null ? classKey : itemClass("targetClass", request.targetClass());
    Set<String> fields = new TreeSet<>(Set.of(RelationIntake.TYPE, RelationIntake.WEIGHT));
    ends(RelationIntake.SOURCE, classKey, fields);
    ends(RelationIntake.TARGET, target, fields);
    return new Spec(
        true,
        source,
        by,
        classKey,
        endKeys("keys", classKey, request.keys()),
        mapping(fields, columns),
        target,
        endKeys("targetKeys", target, request.targetKeys()),
        relationType());
  }

  private String source() {
    String source = request.source() == null ? "" : request.source().strip();
    if (!SOURCE.matcher(source).matches() || source.equals(Origin.HAND)) {
      throw DomainException.invalid("source", "error.cmdb.source.name", "value", source);
    }
    return source;
  }

  private String itemClass(String field, String asked) {
    String key = asked == null ? "" : asked;
    if (schema.itemClass(key).isEmpty()) {
      throw DomainException.invalid(field, "error.cmdb.class.unknown", "value", key);
    }
    return key;
  }

  private String relationType() {
    String key = request.relationType() == null ? "" : request.relationType().strip();
    if (!key.isEmpty() && schema.relationType(key).filter(t -> !t.retired()).isEmpty()) {
      throw DomainException.invalid(
          "relationType", "error.cmdb.relationType.unknown", "value", key);
    }
    return schema.relationType(key).map(RelationType::key).orElse("");
  }

  private List<List<String>> keys(String field, String classKey, List<List<String>> asked) {
    List<List<String>> keys =
        asked == null || asked.isEmpty() ? schema.identities(classKey) : asked;
    if (keys.isEmpty()) {
      throw DomainException.invalid(field, "error.cmdb.required");
    }
    for (List<String> key : keys) {
      if (key == null
          || key.isEmpty()
          || key.stream().anyMatch(Objects::isNull)
          || !Identity.strong(schema, classKey, key)) {
        throw DomainException.invalid(
            field, "error.cmdb.identity.weak", "value", String.valueOf(key));
      }
    }
    return keys;
  }

  /** An end may be of any class beneath: their keys come first, since they are surer. */
  private List<List<String>> endKeys(String field, String classKey, List<List<String>> asked) {
    if (asked != null && !asked.isEmpty()) {
      return keys(field, classKey, asked);
    }
    Set<List<String>> keys = new LinkedHashSet<>();
    schema.beneath(classKey).stream()
        .sorted(Comparator.comparingInt((String key) -> -schema.line(key).size()))
        .forEach(key -> schema.itemClass(key).ifPresent(c -> keys.addAll(c.identities())));
    keys.addAll(schema.identities(classKey));
    if (keys.isEmpty()) {
      throw DomainException.invalid(field, "error.cmdb.required");
    }
    return new ArrayList<>(keys);
  }

  private Set<String> fields(String classKey) {
    Set<String> fields = new TreeSet<>(Field.BUILT_IN);
    schema.beneath(classKey).forEach(c -> fields.addAll(schema.attributes(c).keySet()));
    return fields;
  }

  private void ends(String prefix, String classKey, Set<String> fields) {
    fields.add(prefix + RelationIntake.NUMBER);
    fields(classKey).forEach(field -> fields.add(prefix + field));
  }

  /** What was said, or else columns that are called like fields. */
  private Map<String, String> mapping(Set<String> fields, Collection<String> columns) {
    Map<String, String> mapping = new HashMap<>();
    if (request.mapping() == null || request.mapping().isEmpty()) {
      columns.stream().filter(fields::contains).forEach(c -> mapping.put(c, c));
      return mapping;
    }
    request
        .mapping()
        .forEach(
            (column, field) -> {
              if (field != null && !field.isBlank()) {
                if (!fields.contains(field)) {
                  throw DomainException.invalid(
                      "mapping", "error.cmdb.attribute.unknown", "value", field);
                }
                if (mapping.containsValue(field)) {
                  throw DomainException.invalid("mapping", "error.cmdb.twice", "value", field);
                }
                mapping.put(column, field);
              }
            });
    return mapping;
  }
}
