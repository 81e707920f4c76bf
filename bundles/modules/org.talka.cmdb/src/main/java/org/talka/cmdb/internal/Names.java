/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;

/** What something made at runtime is called, by language ({@code en}, {@code lv}). */
public final class Names {
  private static final int MAX = 80;
  private static final List<String> LANGUAGES = List.of("en", "lv");

  private Names() {}

  /** The name in that language, else in English, else whatever there is. */
  public static String in(Map<String, String> names, Locale locale, String fallback) {
    String name = names.getOrDefault(locale.getLanguage(), names.get("en"));
    return name != null ? name : names.values().stream().findFirst().orElse(fallback);
  }

  /** Trimmed, without empty ones; what is wrong is added to {@code errors}. */
  public static Map<String, String> checked(
      String field, Map<String, String> given, List<FieldError> errors) {
    Map<String, String> names = new LinkedHashMap<>();
    if (given != null) {
      given.forEach(
          (language, name) -> {
            if (!LANGUAGES.contains(language)) {
              errors.add(new FieldError(field, Text.of("error.cmdb.language", "value", language)));
            } else if (name != null && !name.isBlank()) {
              names.put(language, name.strip());
            }
          });
    }
    if (names.isEmpty()) {
      errors.add(new FieldError(field, Text.of("error.cmdb.required")));
    }
    names.forEach(
        (language, name) -> {
          if (name.length() > MAX) {
            errors.add(
                new FieldError(field + "." + language, Text.of("error.cmdb.long", "max", MAX)));
          }
        });
    return names;
  }
}
