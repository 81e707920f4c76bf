/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

/** The command can't be carried out as it was given; the message says why. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
