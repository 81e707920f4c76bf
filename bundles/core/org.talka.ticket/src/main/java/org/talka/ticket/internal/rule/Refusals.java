/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import java.util.ArrayList;
import java.util.List;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;

/** Collects what is wrong, so that people hear of everything at once. Used by one thread. */
public final class Refusals {
  private final List<FieldError> fields = new ArrayList<>();
  private final List<Text> whole = new ArrayList<>();

  /**
   * @param field null when no single field is to blame
   */
  public void add(String field, Text reason) {
    if (field == null) {
      whole.add(reason);
    } else {
      fields.add(new FieldError(field, reason));
    }
  }

  public void add(String field, String key, Object... namesAndValues) {
    add(field, Text.of(key, namesAndValues));
  }

  /** Whether something is wrong with the field already. */
  boolean names(String field) {
    return fields.stream().anyMatch(error -> error.field().equals(field));
  }

  /** Those on fields that the other does not have. */
  public List<FieldError> without(Refusals other) {
    return fields.stream().filter(error -> !other.fields.contains(error)).toList();
  }

  /** Throws all of it; nothing happens when there is nothing. */
  public void raise() {
    if (!whole.isEmpty()) {
      throw new DomainException(ErrorKind.CONFLICT, whole.get(0), fields, null);
    }
    if (!fields.isEmpty()) {
      throw DomainException.invalid(fields);
    }
  }
}
