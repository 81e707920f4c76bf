/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;

/** Collects what is wrong with the fields of one request, so that all of it is said at once. */
public final class FieldChecks {
  private final List<FieldError> errors = new ArrayList<>();

  /** Notes the error unless {@code fine}, or unless the field has one already. */
  public boolean require(boolean fine, String field, String key, Object... namesAndValues) {
    if (!fine) {
      add(new FieldError(field, Text.of(key, namesAndValues)));
    }
    return fine;
  }

  /** One line of text that must be there; the stripped line. */
  public String line(String field, String value, int max) {
    String line = value == null ? "" : value.strip();
    if (require(!line.isEmpty(), field, "error.field.missing")) {
      limits(field, line, max);
    }
    return line;
  }

  /** One line of text that may be missing or blank. */
  public Optional<String> optionalLine(String field, String value, int max) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    String line = value.strip();
    limits(field, line, max);
    return Optional.of(line);
  }

  /** A text that must match {@code pattern}. */
  public String matching(String field, String value, Pattern pattern, String key) {
    String text = value == null ? "" : value;
    if (require(!text.isBlank(), field, "error.field.missing")) {
      require(pattern.matcher(text).matches(), field, key);
    }
    return text;
  }

  public void add(FieldError error) {
    if (errors.stream().noneMatch(known -> known.field().equals(error.field()))) {
      errors.add(error);
    }
  }

  public boolean failed() {
    return !errors.isEmpty();
  }

  /** Throws everything that was collected. */
  public void done() {
    if (failed()) {
      throw DomainException.invalid(errors);
    }
  }

  private void limits(String field, String line, int max) {
    require(line.length() <= max, field, "error.field.tooLong", "max", max);
    require(printable(line), field, "error.field.characters");
  }

  /** No control character, no half of a surrogate pair, nothing that reorders what is shown. */
  public static boolean printable(String line) {
    return line.codePoints().noneMatch(FieldChecks::hostile);
  }

  private static boolean hostile(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint >= 0xD800 && codePoint <= 0xDFFF
        || codePoint >= 0x202A && codePoint <= 0x202E
        || codePoint >= 0x2066 && codePoint <= 0x2069
        || codePoint == 0x2028
        || codePoint == 0x2029;
  }
}
