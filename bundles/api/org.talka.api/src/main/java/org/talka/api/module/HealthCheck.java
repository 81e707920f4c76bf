/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.module;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.text.Text;

/** Says whether a module can do its work; shown to administrators and used after an update. */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.OBSERVER, budgetMillis = 2_000)
public interface HealthCheck {
  Health check();

  /**
   * @param healthy whether the module can do its work
   * @param message what is wrong and what to do, or a short confirmation
   * @param details figures to show beside it
   */
  record Health(boolean healthy, Text message, Map<String, String> details) {
    public Health {
      details = Map.copyOf(details);
    }
  }
}
