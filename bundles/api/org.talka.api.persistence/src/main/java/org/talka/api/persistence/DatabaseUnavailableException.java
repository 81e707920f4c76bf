/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.persistence;

/**
 * The database can't be reached, timed out, or the persistence unit is closing: try again later.
 */
public class DatabaseUnavailableException extends RuntimeException {
  public DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
