/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.knowledge.internal.model.Moments;

/** An object of an archive, asked by type; everything that is wrong is remembered. */
final class Fields {
  private final String place;
  private final Map<String, Object> values;
  private final List<FieldError> errors;

  /**
   * @param place where it stands, before the names of its fields; empty for the outermost
   */
  Fields(String place, Map<String, Object> values, List<FieldError> errors) {
    this.place = place;
    this.values = values;
    this.errors = errors;
  }

  void wrong(String field, String key, Object... namesAndValues) {
    errors.add(new FieldError(place + field, Text.of(key, namesAndValues)));
  }

  boolean has(String field) {
    return values.get(field) != null;
  }

  Object raw(String field) {
    return values.get(field);
  }

  Optional<String> text(String field, int most) {
    Object value = values.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      wrong(field, "error.knowledge.field.text");
      return Optional.empty();
    }
    if (text.length() > most) {
      wrong(field, "error.knowledge.field.long", "max", most);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  String required(String field, int most) {
    if (!has(field)) {
      wrong(field, "error.knowledge.field.required");
    }
    return text(field, most).orElse("");
  }

  int number(String field, int usual, int least, int most) {
    if (!has(field)) {
      return usual;
    }
    if (values.get(field) instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    wrong(field, "error.knowledge.field.number", "min", least, "max", most);
    return usual;
  }

  Optional<Instant> moment(String field) {
    Optional<String> text = text(field, 40);
    try {
      return text.map(Moments::parse).map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException e) {
      wrong(field, "error.knowledge.archive.moment");
      return Optional.empty();
    }
  }

  List<String> words(String field, int most, int longest) {
    List<String> words = new ArrayList<>();
    for (Object word : list(field, most)) {
      if (word instanceof String text && text.length() <= longest) {
        words.add(text);
      } else {
        wrong(field, "error.knowledge.field.list", "max", most);
      }
    }
    return words;
  }

  @SuppressWarnings("unchecked")
  List<Fields> objects(String field, int most) {
    List<Fields> objects = new ArrayList<>();
    List<?> list = list(field, most);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> map) {
        objects.add(new Fields(place + field + "[" + i + "].", (Map<String, Object>) map, errors));
      } else {
        wrong(field, "error.knowledge.field.list", "max", most);
      }
    }
    return objects;
  }

  private List<?> list(String field, int most) {
    if (!has(field)) {
      return List.of();
    }
    if (values.get(field) instanceof List<?> list && list.size() <= most) {
      return list;
    }
    wrong(field, "error.knowledge.field.list", "max", most);
    return List.of();
  }
}
