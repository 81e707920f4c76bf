/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id by which a request is found in the log and in the audit. */
final class CorrelationIds {
  static final String HEADER = "X-Correlation-Id";
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private CorrelationIds() {}

  /** The client's own when it is harmless to log, a new one otherwise. */
  static String of(String offered) {
    if (offered != null && SIMPLE.matcher(offered).matches()) {
      return offered;
    }
    // it tells requests apart and is no secret: no need for a strong random
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
        + Long.toHexString(random.nextLong() | Long.MIN_VALUE).substring(8);
  }
}
