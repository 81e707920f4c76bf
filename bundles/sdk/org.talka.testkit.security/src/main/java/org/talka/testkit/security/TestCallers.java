/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.security;

import java.util.function.Supplier;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;

/**
 * Who calls in a test: on every thread the one whom the test named last, except within {@link #as},
 * which holds for its own thread alone as it does on the desk.
 */
public final class TestCallers implements Callers {
  private final ThreadLocal<Caller> within = new ThreadLocal<>();
  private volatile Supplier<? extends Caller> usual;

  /** Nobody is signed in so far. */
  public TestCallers() {
    this(TestCaller.anonymous());
  }

  public TestCallers(Caller first) {
    is(first);
  }

  /** The caller is made anew with each look, out of what the test changes. */
  public TestCallers(Supplier<? extends Caller> usual) {
    this.usual = usual;
  }

  /** From now on it is somebody else. */
  public void is(Caller who) {
    usual = () -> who;
  }

  @Override
  public Caller current() {
    Caller caller = within.get();
    return caller == null ? usual.get() : caller;
  }

  @Override
  public <T> T as(Caller caller, Supplier<T> work) {
    Caller before = within.get();
    within.set(caller);
    try {
      return work.get();
    } finally {
      if (before == null) {
        within.remove();
      } else {
        within.set(before);
      }
    }
  }

  @Override
  public Caller system(String moduleId) {
    return TestCaller.system(moduleId);
  }
}
