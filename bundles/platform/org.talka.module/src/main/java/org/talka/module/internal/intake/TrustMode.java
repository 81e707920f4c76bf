/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done about an archive that nobody who is trusted vouches for. */
public enum TrustMode {
  /** It is refused. */
  REQUIRE,
  /** The administrator is told in the plan. */
  WARN,
  /** Nothing. Wrong signatures and digests are refused all the same. */
  OFF;

  private static final Logger LOG = LoggerFactory.getLogger(TrustMode.class);

  /** The mode of a setting; what is not understood is taken for the strictest. */
  static TrustMode of(Object setting) {
    String said = setting == null ? "" : setting.toString().strip().toUpperCase(Locale.ROOT);
    try {
      return said.isEmpty() ? WARN : valueOf(said);
    } catch (IllegalArgumentException unknown) {
      LOG.warn("trust.mode is require, warn or off, not {}: require is taken", setting);
      return REQUIRE;
    }
  }
}
