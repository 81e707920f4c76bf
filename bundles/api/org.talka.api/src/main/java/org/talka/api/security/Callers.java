/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** The caller of the current thread. Never taken from a parameter that a client could set. */
@ProviderType
public interface Callers {
  /** Who calls on this thread; anonymous when nobody said. */
  Caller current();

  /** Runs {@code work} on this thread as {@code caller} and restores the caller before. */
  <T> T as(Caller caller, Supplier<T> work);

  /** The system, acting for a module or for {@code core}. */
  Caller system(String moduleId);
}
