/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.util.Locale;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;

/** How the constants of the domain are spelled in the API, in queries and in stored values. */
public final class Words {
  private Words() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static Priority priority(String word) {
    return Priority.valueOf(word.toUpperCase(Locale.ROOT));
  }

  public static Priority.Level level(String word) {
    return Priority.Level.valueOf(word.toUpperCase(Locale.ROOT));
  }

  public static StateCategory category(String word) {
    return StateCategory.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
