/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.exit;

/**
 * A module tried to end the process. An error, so that no ordinary handler of the module's hides
 * it.
 */
public final class ExitRefused extends Error {
  private static final long serialVersionUID = 1L;

  ExitRefused(String module) {
    super("Module " + module + " may not end the server");
  }
}
