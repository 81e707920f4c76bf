/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.concurrent.TimeUnit;
import org.talka.api.extension.ExtensionPoint;

/** What an extension point's interface says of itself. */
record PointTraits(String name, long budgetNanos) {
  static PointTraits of(Class<?> point) {
    ExtensionPoint says = point.getAnnotation(ExtensionPoint.class);
    if (says == null) {
      throw new IllegalArgumentException(point.getName() + " is no extension point");
    }
    return new PointTraits(
        point.getSimpleName(), TimeUnit.MILLISECONDS.toNanos(says.budgetMillis()));
  }
}
