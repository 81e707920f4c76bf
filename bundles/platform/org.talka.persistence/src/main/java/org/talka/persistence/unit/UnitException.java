/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.unit;

/** A unit can't be opened as it is: its migrations failed or its entities are wrong. */
public class UnitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnitException(String message, Throwable cause) {
    super(message, cause);
  }
}
