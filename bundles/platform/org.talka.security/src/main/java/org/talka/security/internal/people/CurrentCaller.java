/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.Locale;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;

/** The caller of each thread. */
@Component(service = Callers.class)
public class CurrentCaller implements Callers {
  private static final Caller NOBODY = new AnonymousCaller(Locale.ENGLISH);

  private final ThreadLocal<Caller> current = new ThreadLocal<>();

  @Override
  public Caller current() {
    Caller caller = current.get();
    return caller == null ? NOBODY : caller;
  }

  @Override
  public <T> T as(Caller caller, Supplier<T> work) {
    Caller before = current.get();
    current.set(caller);
    try {
      return work.get();
    } finally {
      if (before == null) {
        current.remove();
      } else {
        current.set(before);
      }
    }
  }

  @Override
  public Caller system(String moduleId) {
    return new SystemCaller(moduleId);
  }
}
