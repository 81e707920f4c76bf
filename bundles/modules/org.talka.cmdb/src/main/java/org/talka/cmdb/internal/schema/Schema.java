/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All classes and relation types as they are at one moment. Immutable. */
public final class Schema {
  private final Map<String, ItemClass> classes;
  private final Map<String, RelationType> relations;

  /** Asked for with every value of every item. */
  private final Map<String, Map<String, Attribute>> attributes = new ConcurrentHashMap<>();

  public Schema(Collection<ItemClass> classes, Collection<RelationType> relations) {
    Map<String, ItemClass> byKey = new LinkedHashMap<>();
    classes.forEach(c -> byKey.put(c.key(), c));
    Map<String, RelationType> types = new LinkedHashMap<>();
    relations.forEach(r -> types.put(r.key(), r));
    this.classes = java.util.Collections.unmodifiableMap(byKey);
    this.relations = java.util.Collections.unmodifiableMap(types);
  }

  public Collection<ItemClass> classes() {
    return classes.values();
  }

  public Optional<ItemClass> itemClass(String key) {
    return Optional.ofNullable(classes.get(key));
  }

  public Collection<RelationType> relationTypes() {
    return relations.values();
  }

  public Optional<RelationType> relationType(String key) {
    return Optional.ofNullable(relations.get(key));
  }

  /** The class and its ancestors, the nearest first; empty for an unknown one. */
  public List<ItemClass> line(String key) {
    List<ItemClass> line = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (ItemClass c = classes.get(key);
        c != null && seen.add(c.key());
        c = classes.get(c.parent())) {
      line.add(c);
    }
    return line;
  }

  /** Whether items of {@code key} are items of {@code ancestor} as well. */
  public boolean isA(String key, String ancestor) {
    return line(key).stream().anyMatch(c -> c.key().equals(ancestor));
  }

  /** The class and all beneath it. */
  public Set<String> beneath(String key) {
    Set<String> keys = new LinkedHashSet<>();
    classes.keySet().stream().filter(c -> isA(c, key)).forEach(keys::add);
    return keys;
  }

  /** The attributes of a class, those of its ancestors first. */
  public Map<String, Attribute> attributes(String key) {
    return attributes.computeIfAbsent(key, this::gathered);
  }

  private Map<String, Attribute> gathered(String key) {
    Map<String, Attribute> gathered = new LinkedHashMap<>();
    List<ItemClass> line = line(key);
    for (int i = line.size() - 1; i >= 0; i--) {
      line.get(i).attributes().forEach(a -> gathered.put(a.key(), a));
    }
    return java.util.Collections.unmodifiableMap(gathered);
  }

  /** Whether any class has an attribute with this key. */
  public boolean hasAttribute(String attribute) {
    return classes.values().stream()
        .anyMatch(c -> c.attributes().stream().anyMatch(a -> a.key().equals(attribute)));
  }

  /** Whether the field of any class holds what rarely repeats: a name, a text or a number. */
  public boolean tells(String field) {
    return classes.keySet().stream().anyMatch(key -> Identity.tells(this, key, field));
  }

  /** What tells items of a class apart: its own rules before those of its ancestors. */
  public List<List<String>> identities(String key) {
    return line(key).stream().flatMap(c -> c.identities().stream()).distinct().toList();
  }

  public boolean service(String key) {
    return line(key).stream().anyMatch(ItemClass::service);
  }
}
