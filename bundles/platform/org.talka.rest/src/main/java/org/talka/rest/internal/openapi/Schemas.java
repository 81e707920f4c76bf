/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The schemas of one document: what Java types look like as JSON (JSON Schema 2020-12, as OpenAPI
 * 3.1 uses it). Lives only while a document is written, so that it holds no module's classes.
 */
final class Schemas {
  private static final String REF = "#/components/schemas/";

  private final Map<String, Object> components = new TreeMap<>();
  private final Map<String, Map<String, Object>> given;
  private final Map<Type, String> names = new HashMap<>();

  /**
   * @param given schemas that are better than what the fields of a class of that name would say
   */
  Schemas(Map<String, Map<String, Object>> given) {
    this.given = given;
    components.putAll(given);
  }

  Map<String, Object> components() {
    return components;
  }

  /**
   * @param prefix keeps the names of different modules apart; empty for the core
   */
  Map<String, Object> of(Type type, String prefix) {
    return of(type, prefix, Map.of());
  }

  /** A page of a list of these items. */
  Map<String, Object> page(Type item, String prefix) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("items", Map.of("type", "array", "items", of(item, prefix)));
    properties.put("next", Map.of("type", List.of("string", "null")));
    return Map.of("type", "object", "properties", properties, "required", List.of("items"));
  }

  private Map<String, Object> of(Type type, String prefix, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof TypeVariable<?> variable) {
      Type bound = variables.get(variable);
      return bound == null ? Map.of() : of(bound, prefix, variables);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], prefix, variables);
    }
    if (type instanceof GenericArrayType array) {
      return array(of(array.getGenericComponentType(), prefix, variables));
    }
    if (type instanceof ParameterizedType parameterized) {
      return parameterized(parameterized, prefix, variables);
    }
    return type instanceof Class<?> c ? plain(c, prefix) : Map.of();
  }

  private Map<String, Object> parameterized(
      ParameterizedType type, String prefix, Map<TypeVariable<?>, Type> variables) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return of(arguments[0], prefix, variables);
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return array(of(arguments[0], prefix, variables));
    }
    if (Map.class.isAssignableFrom(raw) && arguments.length == 2) {
      return Map.of("type", "object", "additionalProperties", of(arguments[1], prefix, variables));
    }
    if (raw.isRecord()) {
      Map<TypeVariable<?>, Type> bound = new HashMap<>(variables);
      for (int i = 0; i < arguments.length; i++) {
        bound.put(
            raw.getTypeParameters()[i],
            arguments[i] instanceof TypeVariable<?> v
                ? variables.getOrDefault(v, Object.class)
                : arguments[i]);
      }
      return record(raw, prefix, bound); // in place: its name alone would not tell it apart
    }
    return plain(raw, prefix);
  }

  private Map<String, Object> plain(Class<?> type, String prefix) {
    if (type == String.class || CharSequence.class.isAssignableFrom(type) || type == char.class) {
      return Map.of("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == int.class
        || type == Integer.class
        || type == short.class
        || type == OptionalInt.class) {
      return Map.of("type", "integer", "format", "int32");
    }
    if (type == long.class || type == Long.class || type == OptionalLong.class) {
      return Map.of("type", "integer", "format", "int64");
    }
    if (type == BigInteger.class) {
      return Map.of("type", "integer");
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == BigDecimal.class
        || type == Number.class) {
      return Map.of("type", "number");
    }
    if (type == Instant.class) {
      return Map.of("type", "string", "format", "date-time");
    }
    if (type == LocalDate.class) {
      return Map.of("type", "string", "format", "date");
    }
    if (type == Duration.class) {
      return Map.of("type", "string", "format", "duration");
    }
    if (type == UUID.class) {
      return Map.of("type", "string", "format", "uuid");
    }
    if (type == URI.class) {
      return Map.of("type", "string", "format", "uri-reference");
    }
    if (type == Locale.class || ZoneId.class.isAssignableFrom(type)) {
      return Map.of("type", "string");
    }
    if (type == byte[].class || InputStream.class.isAssignableFrom(type)) {
      return Map.of("type", "string", "contentEncoding", "binary");
    }
    if (type.isEnum()) {
      return Map.of(
          "type",
          "string",
          "enum",
          Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList());
    }
    if (type.isArray()) {
      return array(plain(type.getComponentType(), prefix));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return array(Map.of());
    }
    if (Map.class.isAssignableFrom(type)) {
      return Map.of("type", "object");
    }
    if (type == Object.class || JsonNode.class.isAssignableFrom(type)) {
      return Map.of();
    }
    return reference(type, prefix);
  }

  private Map<String, Object> reference(Class<?> type, String prefix) {
    String simple = type.getSimpleName();
    if (given.containsKey(prefix + simple)) {
      return Map.of("$ref", REF + prefix + simple);
    }
    String known = names.get(type);
    if (known != null) {
      return Map.of("$ref", REF + known);
    }
    String name = prefix + simple;
    Class<?> outer = type.getEnclosingClass();
    if (components.containsKey(name) && outer != null) {
      name = prefix + outer.getSimpleName() + "." + simple;
    }
    for (int i = 2; components.containsKey(name); i++) {
      name = prefix + simple + i;
    }
    names.put(type, name);
    components.put(name, Map.of()); // before its fields, which may lead back to it
    components.put(name, type.isRecord() ? record(type, prefix, Map.of()) : bean(type, prefix));
    return Map.of("$ref", REF + name);
  }

  private Map<String, Object> record(
      Class<?> type, String prefix, Map<TypeVariable<?>, Type> variables) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
      String name = named == null || named.value().isEmpty() ? component.getName() : named.value();
      properties.put(name, of(component.getGenericType(), prefix, variables));
    }
    return object(properties);
  }

  /** Interfaces and classes: what has a getter or, in the manner of records, an accessor. */
  private Map<String, Object> bean(Class<?> type, String prefix) {
    Map<String, Object> properties = new TreeMap<>();
    for (var method : type.getMethods()) {
      String name = method.getName();
      boolean getter =
          name.startsWith("get") && name.length() > 3 && method.getDeclaringClass() != Object.class;
      if (getter
          && method.getParameterCount() == 0
          && !Modifier.isStatic(method.getModifiers())
          && method.getReturnType() != void.class) {
        String property = name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4);
        properties.put(property, of(method.getGenericReturnType(), prefix, Map.of()));
      }
    }
    return object(properties);
  }

  private static Map<String, Object> object(Map<String, Object> properties) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    return schema;
  }

  private static Map<String, Object> array(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }
}
