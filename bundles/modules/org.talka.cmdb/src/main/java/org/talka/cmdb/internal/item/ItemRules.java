/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.cmdb.internal.schema.Attribute;
import org.talka.cmdb.internal.schema.AttributeType;
import org.talka.cmdb.internal.schema.ItemClass;
import org.talka.cmdb.internal.schema.Schema;

/**
 * Puts what was asked for over what an item is, and says everything that is wrong with the result.
 * Used once for each item.
 */
public final class ItemRules {
  private static final int LONGEST_NAME = 160;
  private static final int LONGEST = 1_000;

  private final Schema schema;
  private final Known known;
  private final List<FieldError> errors = new ArrayList<>();

  public ItemRules(Schema schema, Known known) {
    this.schema = schema;
    this.known = known;
  }

  /**
   * @param before what the item is; empty for a new one
   * @param asked new values by field, the attributes among them; null empties a field
   * @throws DomainException INVALID with all that is wrong
   */
  public Map<String, String> merged(Map<String, String> before, Map<String, Object> asked) {
    Map<String, String> merged = new TreeMap<>(before);
    if (before.isEmpty()) {
      merged.put(Field.STATUS, Field.IN_SERVICE);
      // an item of a class is what its class is for from its first day
      merged.put(Field.CLASS, "");
    }
    if (asked.get(Field.CLASS) instanceof String key) {
      merged.put(Field.CLASS, key.strip());
    }
    itemClass(before, merged.get(Field.CLASS));
    Map<String, Attribute> attributes = schema.attributes(merged.get(Field.CLASS));
    asked.forEach(
        (field, value) -> {
          if (!field.equals(Field.CLASS)) {
            put(merged, attributes, field, value);
          }
        });
    // what the class has no place for any more stays in the history
    merged.keySet().removeIf(f -> !Field.BUILT_IN.contains(f) && !attributes.containsKey(f));
    complete(merged, attributes);
    moves(before, merged);
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    return merged;
  }

  /** Whether something controlled differs. */
  public static boolean controlled(
      Schema schema, Map<String, String> before, Map<String, String> after) {
    return schema.attributes(after.get(Field.CLASS)).values().stream()
        .filter(Attribute::controlled)
        .anyMatch(
            a ->
                !Optional.ofNullable(before.get(a.key()))
                    .equals(Optional.ofNullable(after.get(a.key()))));
  }

  private void itemClass(Map<String, String> before, String key) {
    if (key.isEmpty()) {
      wrong(Field.CLASS, "error.cmdb.required");
      return;
    }
    ItemClass c = schema.itemClass(key).orElse(null);
    boolean same = key.equals(before.get(Field.CLASS));
    if (c == null) {
      wrong(Field.CLASS, "error.cmdb.class.unknown", "value", key);
    } else if (c.grouping() && !same) {
      wrong(Field.CLASS, "error.cmdb.class.grouping", "value", key);
    } else if (c.retired() && !same) {
      wrong(Field.CLASS, "error.cmdb.class.retired", "value", key);
    }
  }

  private void put(
      Map<String, String> merged, Map<String, Attribute> attributes, String field, Object value) {
    if (value == null || value instanceof String text && text.isBlank()) {
      merged.remove(field);
      return;
    }
    Optional<String> stored =
        Field.BUILT_IN.contains(field)
            ? builtIn(field, value)
            : attributes.containsKey(field) ? own(attributes.get(field), value) : unknown(field);
    stored.ifPresent(text -> merged.put(field, text));
  }

  private Optional<String> unknown(String field) {
    wrong("attributes." + field, "error.cmdb.attribute.unknown", "value", field);
    return Optional.empty();
  }

  private Optional<String> builtIn(String field, Object value) {
    if (!(value instanceof String given)) {
      wrong(field, "error.cmdb.text");
      return Optional.empty();
    }
    String text = given.strip();
    return switch (field) {
      case Field.STATUS -> choice(field, text, Field.statuses());
      case Field.CRITICALITY -> choice(field, text, Field.CRITICALITIES);
      case Field.ENVIRONMENT -> choice(field, text, Field.ENVIRONMENTS);
      case Field.OWNER ->
          known(field, text, known.person(text).map(String::valueOf), "error.cmdb.person.unknown");
      case Field.TEAM ->
          known(field, text, known.team(text).map(String::valueOf), "error.cmdb.team.unknown");
      default -> text(field, text, field.equals(Field.NAME) ? LONGEST_NAME : LONGEST);
    };
  }

  private Optional<String> own(Attribute attribute, Object value) {
    String field = "attributes." + attribute.key();
    if (attribute.type() == AttributeType.BOOLEAN && value instanceof Boolean flag) {
      return Optional.of(flag.toString());
    }
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      wrong(field, "error.cmdb.text");
      return Optional.empty();
    }
    String text = String.valueOf(value).strip();
    return switch (attribute.type()) {
      case TEXT -> text(field, text, LONGEST);
      case CHOICE -> choice(field, text, attribute.options());
      case NUMBER -> number(field, text);
      case BOOLEAN -> truth(field, text);
      case DATE -> date(field, text);
      case ITEM -> item(field, text);
    };
  }

  private Optional<String> text(String field, String text, int most) {
    if (text.length() > most) {
      wrong(field, "error.cmdb.long", "max", most);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private Optional<String> choice(String field, String text, Collection<String> options) {
    Optional<String> option =
        options.stream().filter(known -> known.equalsIgnoreCase(text)).findFirst();
    if (option.isEmpty()) {
      wrong(field, "error.cmdb.choice", "value", shortened(text));
    }
    return option;
  }

  private Optional<String> number(String field, String text) {
    try {
      if (text.length() <= 40) {
        BigDecimal number = new BigDecimal(text);
        if (number.precision() <= 30 && Math.abs((long) number.scale()) <= 30) {
          String plain = number.stripTrailingZeros().toPlainString();
          return Optional.of(plain);
        }
      }
    } catch (NumberFormatException e) {
      // said below
    }
    wrong(field, "error.cmdb.number", "value", shortened(text));
    return Optional.empty();
  }

  private Optional<String> truth(String field, String text) {
    switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "yes", "1", "jā" -> {
        return Optional.of("true");
      }
      case "false", "no", "0", "nē" -> {
        return Optional.of("false");
      }
      default -> {
        wrong(field, "error.cmdb.choice", "value", shortened(text));
        return Optional.empty();
      }
    }
  }

  private Optional<String> date(String field, String text) {
    try {
      return Optional.of(LocalDate.parse(text).toString());
    } catch (DateTimeParseException e) {
      wrong(field, "error.cmdb.date", "value", shortened(text));
      return Optional.empty();
    }
  }

  private Optional<String> item(String field, String text) {
    OptionalLong id = ItemKey.id(text);
    if (id.isPresent() && known.item(id.getAsLong())) {
      return Optional.of(ItemKey.of(id.getAsLong()));
    }
    wrong(field, "error.cmdb.item.unknown", "key", shortened(text));
    return Optional.empty();
  }

  private Optional<String> known(
      String field, String text, Optional<String> found, String message) {
    if (found.isEmpty()) {
      wrong(field, message, "value", shortened(text));
    }
    return found;
  }

  private void complete(Map<String, String> merged, Map<String, Attribute> attributes) {
    for (String field : Set.of(Field.NAME, Field.STATUS)) {
      if (!merged.containsKey(field)) {
        wrong(field, "error.cmdb.required");
      }
    }
    attributes.values().stream()
        .filter(a -> a.required() && !a.retired() && !merged.containsKey(a.key()))
        .forEach(a -> wrong("attributes." + a.key(), "error.cmdb.required"));
  }

  private void moves(Map<String, String> before, Map<String, String> merged) {
    String from = before.get(Field.STATUS);
    String to = merged.get(Field.STATUS);
    if (from != null && to != null && !from.equals(to) && !Field.MOVES.get(from).contains(to)) {
      wrong(Field.STATUS, "error.cmdb.status.move");
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private void wrong(String field, String key, Object... namesAndValues) {
    if (errors.stream().noneMatch(error -> error.field().equals(field))) {
      errors.add(new FieldError(field, Text.of(key, namesAndValues)));
    }
  }
}
