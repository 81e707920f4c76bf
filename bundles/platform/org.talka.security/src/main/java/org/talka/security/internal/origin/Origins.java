/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.origin;

import org.osgi.service.component.annotations.Component;

/** The origin of the current thread's request, for the audit. */
@Component(service = Origins.class)
public class Origins {
  private final ThreadLocal<Origin> current = new ThreadLocal<>();

  public Origin current() {
    Origin origin = current.get();
    return origin == null ? Origin.NONE : origin;
  }

  /** To be restored by {@link #leave} with the value returned. */
  public Origin enter(Origin origin) {
    Origin before = current.get();
    current.set(origin);
    return before == null ? Origin.NONE : before;
  }

  public void leave(Origin before) {
    if (before == Origin.NONE) {
      current.remove();
    } else {
      current.set(before);
    }
  }
}
