/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import java.util.List;
import java.util.Locale;

/** The language of a caller whom nobody knows yet. */
final class Languages {
  private static final int MAX_HEADER = 200;

  private Languages() {}

  /**
   * The best of the desk's languages for an {@code Accept-Language} header; the first at worst, and
   * English when there is none.
   */
  static Locale of(String acceptLanguage, List<Locale> spoken) {
    Locale otherwise = spoken.isEmpty() ? Locale.ENGLISH : spoken.get(0);
    if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER || spoken.isEmpty()) {
      return otherwise;
    }
    try {
      Locale found = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), spoken);
      return found == null ? otherwise : found;
    } catch (IllegalArgumentException malformed) {
      return otherwise;
    }
  }
}
