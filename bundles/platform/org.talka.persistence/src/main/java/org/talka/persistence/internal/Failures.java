/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.QueryTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.eclipse.persistence.exceptions.EclipseLinkException;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.DatabaseUnavailableException;

/** Tells the two failures apart that a caller can do something about: try again, or later. */
public final class Failures {
  /**
   * Lost against another transaction: duplicate key, serialisation, deadlock, lock not to be had.
   * 40XL1 and 40XL2 are Derby's lock time-outs.
   */
  private static final Set<String> LOST =
      Set.of("23505", "40001", "40P01", "40XL1", "40XL2", "55P03");

  /**
   * Time-outs (57014 PostgreSQL, XCL52 Derby), the server going down or not up yet, no room left
   * (53…), and Derby's "no current connection".
   */
  private static final Set<String> AWAY =
      Set.of(
          "57014", "XCL52", "57P01", "57P02", "57P03", "53100", "53200", "53300", "XSLA1", "XSDG0",
          "XSDG1", "XJ004", "XJ040", "XJ041", "25P03");

  private Failures() {}

  /** The failure in the API's terms when it is one of persistence; otherwise itself. */
  public static RuntimeException translate(RuntimeException e) {
    if (!(e instanceof PersistenceException) && !(e instanceof EclipseLinkException)) {
      return e;
    }
    int depth = 0;
    for (Throwable t = e; t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof OptimisticLockException
          || t instanceof org.eclipse.persistence.exceptions.OptimisticLockException
          || t instanceof PessimisticLockException
          || t instanceof LockTimeoutException) {
        return new ConcurrentChangeException("another transaction changed the record first", e);
      }
      if (t instanceof SQLException sql) {
        RuntimeException translated = translate(sql, e);
        if (translated != e) {
          return translated;
        }
      }
      if (t instanceof QueryTimeoutException) {
        return new DatabaseUnavailableException("the database took too long", e);
      }
    }
    return e;
  }

  /** A failure of JDBC itself, outside EclipseLink. */
  static RuntimeException translate(SQLException e) {
    RuntimeException fallback =
        new PersistenceException("the database refused: " + e.getMessage(), e);
    return translate(e, fallback);
  }

  private static RuntimeException translate(SQLException sql, RuntimeException otherwise) {
    for (SQLException next = sql; next != null; next = next.getNextException()) {
      String state = String.valueOf(next.getSQLState());
      if (LOST.contains(state)) {
        return new ConcurrentChangeException("another transaction was first", otherwise);
      }
      if (AWAY.contains(state)
          || state.startsWith("08")
          || next instanceof SQLTransientConnectionException
          || next instanceof SQLTimeoutException) {
        return new DatabaseUnavailableException("the database can't be reached", otherwise);
      }
    }
    return otherwise;
  }
}
