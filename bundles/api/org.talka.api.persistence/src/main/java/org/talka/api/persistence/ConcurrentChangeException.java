/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.persistence;

/** Somebody else changed the same record first; nothing of this transaction was kept. */
public class ConcurrentChangeException extends RuntimeException {
  public ConcurrentChangeException(String message, Throwable cause) {
    super(message, cause);
  }
}
