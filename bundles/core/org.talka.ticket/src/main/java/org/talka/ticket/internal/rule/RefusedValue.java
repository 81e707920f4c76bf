/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import org.talka.api.text.Text;

/** One value is wrong; the caller of {@link FieldValues} knows the field and collects several. */
public final class RefusedValue extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Text reason;

  RefusedValue(String key, Object... namesAndValues) {
    super(key, null, false, false);
    this.reason = Text.of(key, namesAndValues);
  }

  public Text reason() {
    return reason;
  }
}
