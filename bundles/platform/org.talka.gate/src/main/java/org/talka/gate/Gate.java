/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one way to extensions. Whoever owns an extension point opens it here and calls the services
 * through what it gets; nobody else ever takes such a service from the registry.
 */
@ProviderType
public interface Gate {
  /**
   * Opens an extension point: watches for services of this interface, which must carry {@link
   * org.talka.api.extension.ExtensionPoint}.
   */
  <T> Extensions<T> open(Class<T> point);

  /** Figures of every extension of every open point, for health and administration. */
  List<ExtensionReport> report();

  /** Whether the module's extensions are called now; always true for {@code core}. */
  default boolean admitted(String moduleId) {
    return true;
  }

  /** From now on the module's extensions are called. Extensions of no module always are. */
  void admit(String moduleId);

  /** Tells the listener of everything that modules do wrong from now on. */
  default void listen(GateListener listener) {}

  default void unlisten(GateListener listener) {}

  /**
   * A module did harm outside of a call through the gate; passed on to the listeners. Any thread.
   *
   * @param detail figures and names, for an administrator
   */
  default void accuse(String moduleId, Harm harm, String detail) {}

  /**
   * From now on the module's extensions are not called; waits until calls in flight have returned.
   * The extensions are out of every list before it waits, so that nobody else waits with it.
   *
   * @return whether all had returned within the time
   */
  boolean withdraw(String moduleId, java.time.Duration wait);
}
