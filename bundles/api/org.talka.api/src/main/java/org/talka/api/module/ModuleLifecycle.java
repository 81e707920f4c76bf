/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.module;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;

/**
 * Called once at the turns of a module's life, after its migrations and before its contributions
 * are offered. An exception fails the operation, which is then undone.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 10_000)
public interface ModuleLifecycle {
  void starting(Context context);

  @ProviderType
  interface Context {
    String moduleId();

    /** Whether this desk has never had the module. */
    boolean firstInstall();

    /** The version that ran here before, if it was another one. */
    Optional<String> upgradedFrom();
  }
}
