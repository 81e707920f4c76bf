/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;

/** The caller of each thread, the system when nobody said. */
public final class FakeCallers implements Callers {
  private final ThreadLocal<Caller> current = ThreadLocal.withInitial(() -> system("core"));

  @Override
  public Caller current() {
    return current.get();
  }

  @Override
  public <T> T as(Caller caller, Supplier<T> work) {
    Caller before = current.get();
    current.set(caller);
    try {
      return work.get();
    } finally {
      current.set(before);
    }
  }

  @Override
  public Caller system(String moduleId) {
    return new FakeCaller(
        Caller.Kind.SYSTEM,
        Optional.empty(),
        "system:" + moduleId,
        Set.of(),
        Optional.empty(),
        Map.of());
  }
}
