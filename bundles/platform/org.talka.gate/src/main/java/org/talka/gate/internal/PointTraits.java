/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.concurrent.TimeUnit;
import org.talka.api.extension.ExtensionPoint;

/** What an extension point's interface says of itself. */
record PointTraits(String name, long budgetNanos) {
  /** A call is late, as a circuit sees it, beyond this many times its budget … */
  private static final int LATE = 4;

  /** … and stuck beyond this many times; */
  private static final int STUCK = 10;

  /** but a short budget is not judged by a pause of the JVM. */
  private static final long LEAST_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long LEAST_STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

  long lateNanos() {
    return Math.max(LATE * budgetNanos, LEAST_LATE_NANOS);
  }

  long stuckNanos() {
    return Math.max(STUCK * budgetNanos, LEAST_STUCK_NANOS);
  }

  static PointTraits of(Class<?> point) {
    ExtensionPoint says = point.getAnnotation(ExtensionPoint.class);
    if (says == null) {
      throw new IllegalArgumentException(point.getName() + " is no extension point");
    }
    return new PointTraits(
        point.getSimpleName(), TimeUnit.MILLISECONDS.toNanos(says.budgetMillis()));
  }
}
