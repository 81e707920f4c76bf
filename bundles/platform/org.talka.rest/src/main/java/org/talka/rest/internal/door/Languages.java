/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import java.util.List;
import java.util.Locale;

/** The language of a caller whom nobody knows yet. */
final class Languages {
  private static final int MAX_HEADER = 200;

  private Languages() {}

  /** The best of the desk's languages for an {@code Accept-Language} header, English at worst. */
  static Locale of(String acceptLanguage, List<Locale> spoken) {
    if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER || spoken.isEmpty()) {
      return Locale.ENGLISH;
    }
    try {
      Locale found = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), spoken);
      return found == null ? Locale.ENGLISH : found;
    } catch (IllegalArgumentException malformed) {
      return Locale.ENGLISH;
    }
  }
}
