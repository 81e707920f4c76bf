/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The append-only record of who did what. Entries can't be changed or removed through the desk. */
@ProviderType
public interface Audit {
  /**
   * Adds an entry in the current transaction, with the current caller, time and address.
   *
   * @param action what was done, dotted and in the past tense, for example {@code module.installed}
   * @param object what it was done to, for example {@code ticket:INC-000123}
   * @param details figures and names, never secrets
   */
  void record(String action, String object, Map<String, String> details);

  /** As {@link #record}, but kept even when the current transaction rolls back: for refusals. */
  void recordAlways(String action, String object, Map<String, String> details);
}
