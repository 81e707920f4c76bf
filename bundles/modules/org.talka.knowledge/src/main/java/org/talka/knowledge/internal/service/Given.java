/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;

/**
 * What a client sent, read value by value; everything that is wrong is said at once. A field that
 * is absent stays as it is, one that is null is emptied (RFC 7396).
 */
public final class Given {
  private final Map<String, Object> values;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * @throws DomainException MALFORMED for a field that does not exist
   */
  Given(Map<String, Object> values, Set<String> known) {
    this.values = values;
    for (String field : values.keySet()) {
      if (!known.contains(field)) {
        Text text = Text.of("error.knowledge.field.unknown", "field", shortened(field));
        throw new DomainException(
            ErrorKind.MALFORMED, text, List.of(new FieldError(shortened(field), text)), null);
      }
    }
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  boolean has(String field) {
    return values.containsKey(field);
  }

  void wrong(String field, String key, Object... namesAndValues) {
    errors.add(new FieldError(field, Text.of(key, namesAndValues)));
  }

  /**
   * @throws DomainException INVALID when something was wrong
   */
  public void raise() {
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
  }

  /** Text without space around it, {@code present} when it was not sent. */
  String text(String field, String present, int most, boolean required) {
    if (!has(field)) {
      if (required && present.isEmpty()) {
        wrong(field, "error.knowledge.field.required");
      }
      return present;
    }
    Object value = values.get(field);
    if (value != null && !(value instanceof String)) {
      wrong(field, "error.knowledge.field.text");
      return present;
    }
    String text = value == null ? "" : ((String) value).strip();
    if (text.length() > most) {
      wrong(field, "error.knowledge.field.long", "max", most);
    } else if (text.isEmpty() && required) {
      wrong(field, "error.knowledge.field.required");
    }
    return text;
  }

  /** One of some words. */
  String word(String field, String present, List<String> words) {
    if (!has(field)) {
      return present;
    }
    if (values.get(field) instanceof String word && words.contains(word)) {
      return word;
    }
    wrong(field, "error.knowledge.field.choice", "options", String.join(", ", words));
    return present;
  }

  boolean flag(String field, boolean present) {
    if (!has(field)) {
      return present;
    }
    if (values.get(field) instanceof Boolean flag) {
      return flag;
    }
    wrong(field, "error.knowledge.field.flag");
    return present;
  }

  int number(String field, int present, int least, int most) {
    if (!has(field)) {
      return present;
    }
    if (values.get(field) instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    wrong(field, "error.knowledge.field.number", "min", least, "max", most);
    return present;
  }

  Optional<LocalDate> day(String field, Optional<LocalDate> present) {
    if (!has(field)) {
      return present;
    }
    Object value = values.get(field);
    if (value == null) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.parse(String.valueOf(value));
      if (day.getYear() >= 1971 && day.getYear() <= 9999) {
        return Optional.of(day);
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    wrong(field, "error.knowledge.field.day");
    return present;
  }

  /** Words as they came; empty for null. */
  List<String> words(String field, int most) {
    List<String> words = new ArrayList<>();
    if (values.get(field) instanceof List<?> list && list.size() <= most) {
      for (Object word : list) {
        if (!(word instanceof String)) {
          wrong(field, "error.knowledge.field.list", "max", most);
          return List.of();
        }
        words.add((String) word);
      }
    } else if (values.get(field) != null) {
      wrong(field, "error.knowledge.field.list", "max", most);
    }
    return words;
  }

  /** Absent when it was emptied. */
  Optional<String> name(String field) {
    Object value = values.get(field);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(String.valueOf(value));
  }
}
