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

  /**
   * From now on the module's extensions are not called; waits until calls in flight have returned.
   *
   * @return whether all had returned within the time
   */
  boolean withdraw(String moduleId, java.time.Duration wait);
}
