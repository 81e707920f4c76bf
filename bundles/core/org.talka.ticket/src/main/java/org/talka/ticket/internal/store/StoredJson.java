/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.dashboard.Widget;
import org.talka.ticket.internal.dashboard.WidgetValues;
import org.talka.ticket.internal.model.Change;

/** The JSON in which a row keeps what has no column of its own. */
final class StoredJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final TypeReference<TreeMap<String, Object>> VALUES = new TypeReference<>() {};
  private static final TypeReference<ArrayList<Change>> CHANGES = new TypeReference<>() {};

  private StoredJson() {}

  static String fields(Map<String, Object> values) {
    return values.isEmpty() ? null : write(values);
  }

  /**
   * @param number whether a field holds numbers; whole numbers of others are ids
   */
  static Map<String, Object> fields(String json, Predicate<String> number) {
    if (json == null) {
      return Map.of();
    }
    Map<String, Object> values = read(json, VALUES);
    values.replaceAll((field, value) -> value(value, number.test(field)));
    return java.util.Collections.unmodifiableMap(values);
  }

  static String changes(List<Change> changes) {
    return changes.isEmpty() ? null : write(changes);
  }

  static List<Change> changes(String json, Predicate<String> number) {
    if (json == null) {
      return List.of();
    }
    List<Change> changes = read(json, CHANGES);
    changes.replaceAll(
        c ->
            new Change(
                c.field(),
                value(c.from(), number.test(c.field())),
                value(c.to(), number.test(c.field()))));
    return changes;
  }

  static String tags(Set<String> tags) {
    return tags.isEmpty() ? null : write(tags);
  }

  static Set<String> tags(String json) {
    if (json == null) {
      return Set.of();
    }
    return java.util.Collections.unmodifiableSet(
        read(json, new TypeReference<LinkedHashSet<String>>() {}));
  }

  /** Place-holders and their values; in a row that has none nothing. */
  static String words(Map<String, String> words) {
    return words.isEmpty() ? null : write(new TreeMap<>(words));
  }

  static Map<String, String> words(String json) {
    return json == null ? Map.of() : read(json, new TypeReference<TreeMap<String, String>>() {});
  }

  static String watchers(Set<PersonId> watchers) {
    return watchers.isEmpty() ? null : write(watchers.stream().map(PersonId::value).toList());
  }

  static Set<PersonId> watchers(String json) {
    if (json == null) {
      return Set.of();
    }
    Set<PersonId> watchers = new LinkedHashSet<>();
    read(json, new TypeReference<List<Long>>() {}).forEach(id -> watchers.add(new PersonId(id)));
    return java.util.Collections.unmodifiableSet(watchers);
  }

  static String widgets(List<Widget> widgets) {
    return write(widgets.stream().map(WidgetValues::of).toList());
  }

  static List<Widget> widgets(String json) {
    return read(json, new TypeReference<List<WidgetValues>>() {}).stream()
        .map(WidgetValues::stored)
        .toList();
  }

  private static Object value(Object value, boolean number) {
    if (value instanceof List<?> list) {
      return list.stream().map(v -> value(v, number)).toList();
    }
    if (value instanceof Number n) {
      return number ? new BigDecimal(n.toString()) : (Object) n.longValue();
    }
    return value;
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored value can't be read", e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value can't be stored", e);
    }
  }
}
