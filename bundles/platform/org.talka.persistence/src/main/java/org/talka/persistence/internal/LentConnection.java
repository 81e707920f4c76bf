/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/**
 * The transaction's connection as it is lent to persistence units: who commits, rolls back or
 * closes it here only says that it is done with it.
 */
final class LentConnection implements InvocationHandler {
  private final Connection real;

  private LentConnection(Connection real) {
    this.real = real;
  }

  static Connection of(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            LentConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new LentConnection(real));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    String name = method.getName();
    int count = args == null ? 0 : args.length;
    switch (name) {
      case "close", "commit", "setAutoCommit", "setReadOnly", "setTransactionIsolation" -> {
        return null;
      }
      case "rollback" -> {
        if (count == 0) {
          return null;
        }
      }
      case "equals" -> {
        return proxy == args[0];
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      default -> {
        // the real one's business
      }
    }
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
