/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.text;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/** Turns a {@link Text} into words. May be called on any thread and does not block. */
@ProviderType
public interface Translator {
  /**
   * The text in {@code locale}'s language, in English when that language lacks it, and the key
   * itself when nobody has it. Patterns may choose by number as ICU message format does: {@code {n,
   * plural, zero {…} one {…} other {…}}}.
   */
  String translate(Text text, Locale locale);
}
