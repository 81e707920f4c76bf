/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Where the units get connections: that of the thread's transaction, or one for a statement when
 * there is none.
 */
final class TransactionDataSource implements DataSource {
  private final ThreadTransactions transactions;

  TransactionDataSource(ThreadTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Transaction transaction = transactions.current();
    return transaction == null ? transactions.plain() : transaction.connection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // logging goes through SLF4J
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the pool's setting counts
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
