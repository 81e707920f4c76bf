/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

/** Told when the desk looks different from now on: a service. */
public interface AppearanceListener {
  /**
   * @param version names the new look
   */
  void appearanceChanged(String version);
}
