/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that says whether its part of the server is ready for requests. */
@ConsumerType
public interface ReadinessCheck {
  /** A short name, unique among the checks. */
  String name();

  /** Does not block. */
  boolean ready();

  /** Figures and states for administrators; nothing secret. */
  Map<String, String> detail();
}
