/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.language;

import java.util.Optional;

/**
 * A word of the desk in one language.
 *
 * @param module whose word it is: {@code core} for the desk's own
 * @param original as it comes with its bundle; absent while its module is away, and when the
 *     language lacks it
 * @param english its English; absent while its module is away
 * @param renamed what is said instead
 */
public record Word(
    String language,
    String key,
    String module,
    Optional<String> original,
    Optional<String> english,
    Optional<Renamed> renamed) {
  /** What it takes the place of. */
  Optional<String> pattern() {
    return original.or(() -> english);
  }

  long version() {
    return renamed.map(Renamed::version).orElse(0L);
  }
}
