/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.talka.security.internal.text.FieldChecks;

/** What names, addresses and keys must look like. */
public final class PersonRules {
  static final Pattern USERNAME = Pattern.compile("[a-z0-9._@-]{2,64}");
  static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  static final int MAX_NAME = 200;
  static final int MAX_EMAIL = 254;

  /** One address and nothing that could end a header: syntax is the mail server's business. */
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>()\\[\\],;:\\\\\"]{1,64}@[^\\s@<>()\\[\\],;:\\\\\"]{1,253}");

  private PersonRules() {}

  static String username(FieldChecks checks, String username) {
    return checks.matching(
        "username",
        username == null ? null : username.strip().toLowerCase(Locale.ROOT),
        USERNAME,
        "error.person.username");
  }

  static Optional<String> email(FieldChecks checks, Optional<String> email) {
    Optional<String> line = checks.optionalLine("email", email.orElse(null), MAX_EMAIL);
    line.ifPresent(
        address -> checks.require(EMAIL.matcher(address).matches(), "email", "error.person.email"));
    return line;
  }

  static String key(FieldChecks checks, String key) {
    return checks.matching("key", key, KEY, "error.group.key");
  }

  /** A BCP 47 language tag. */
  public static Locale locale(FieldChecks checks, String field, String tag) {
    try {
      if (tag.length() <= 35) {
        Locale locale = new Locale.Builder().setLanguageTag(tag).build();
        if (!locale.getLanguage().isEmpty()) {
          return locale;
        }
      }
    } catch (IllformedLocaleException e) {
      // said below, as every other wrong value
    }
    checks.require(false, field, "error.person.locale");
    return Locale.ENGLISH;
  }

  /** A time zone of the IANA database. */
  public static ZoneId zone(FieldChecks checks, String field, String id) {
    try {
      if (id.length() <= 64) {
        return ZoneId.of(id);
      }
    } catch (DateTimeException e) {
      // said below, as every other wrong value
    }
    checks.require(false, field, "error.person.zone");
    return ZoneId.of("UTC");
  }
}
