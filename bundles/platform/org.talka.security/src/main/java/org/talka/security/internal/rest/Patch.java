/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.security.internal.people.PersonRules;
import org.talka.security.internal.text.FieldChecks;

/**
 * A JSON merge patch (RFC 7396): what is absent stays, null removes. Only fields that are asked for
 * exist; any other is refused, so that nothing can be slipped in.
 */
final class Patch {
  private final Map<String, Object> values;
  private final FieldChecks checks = new FieldChecks();

  /**
   * @throws DomainException MALFORMED for a field that is none of {@code known}
   */
  Patch(Map<String, Object> values, String... known) {
    this.values = values;
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(Set.of(known));
    if (!unknown.isEmpty()) {
      List<FieldError> errors = new ArrayList<>();
      unknown.stream()
          .limit(20)
          .forEach(field -> errors.add(new FieldError(field, Text.of("error.field.unknown"))));
      throw new DomainException(ErrorKind.MALFORMED, Text.of("error.field.unknown"), errors, null);
    }
  }

  FieldChecks checks() {
    return checks;
  }

  /** A text that can be changed but not removed. */
  Optional<String> text(String field) {
    if (!values.containsKey(field)) {
      return Optional.empty();
    }
    if (values.get(field) instanceof String text) {
      return Optional.of(text);
    }
    checks.require(false, field, "error.field.text");
    return Optional.empty();
  }

  /** A text that can be removed: by null or by nothing in it. */
  Optional<Optional<String>> removableText(String field) {
    if (!values.containsKey(field)) {
      return Optional.empty();
    }
    Object value = values.get(field);
    if (value == null) {
      return Optional.of(Optional.empty());
    }
    return text(field).map(text -> Optional.of(text).filter(t -> !t.isBlank()));
  }

  Optional<Boolean> flag(String field) {
    if (!values.containsKey(field)) {
      return Optional.empty();
    }
    if (values.get(field) instanceof Boolean flag) {
      return Optional.of(flag);
    }
    checks.require(false, field, "error.field.flag");
    return Optional.empty();
  }

  /** A whole set of texts; it is replaced, not merged. */
  Optional<Set<String>> texts(String field) {
    if (!values.containsKey(field)) {
      return Optional.empty();
    }
    if (values.get(field) instanceof List<?> list
        && list.size() <= 200
        && list.stream().allMatch(String.class::isInstance)) {
      Set<String> texts = new TreeSet<>();
      list.forEach(text -> texts.add((String) text));
      return Optional.of(texts);
    }
    checks.require(false, field, "error.field.list");
    return Optional.empty();
  }

  Optional<Locale> locale(String field) {
    return text(field).map(tag -> PersonRules.locale(checks, field, tag));
  }

  Optional<ZoneId> zone(String field) {
    return text(field).map(id -> PersonRules.zone(checks, field, id));
  }

  /** A map of texts, null for what is to be removed. */
  Optional<Map<String, Optional<String>>> removableTexts(String field) {
    if (!values.containsKey(field)) {
      return Optional.empty();
    }
    Map<String, Optional<String>> texts = new LinkedHashMap<>();
    boolean fine = values.get(field) instanceof Map<?, ?> map && map.size() <= 1000;
    if (fine) {
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) values.get(field)).entrySet()) {
        fine &= entry.getValue() == null || entry.getValue() instanceof String;
        texts.put(
            String.valueOf(entry.getKey()),
            Optional.ofNullable(entry.getValue()).map(String::valueOf));
      }
    }
    checks.require(fine, field, "error.field.map");
    return fine ? Optional.of(texts) : Optional.empty();
  }
}
