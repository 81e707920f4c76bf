/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.talka.persistence.unit.UnitDescription;

/** Makes EclipseLink's side of a unit, the same settings for all. */
public final class UnitFactory {
  private final Engine engine;
  private final ThreadTransactions transactions;
  private final TransactionDataSource source;
  private final Duration statementTimeout;

  public UnitFactory(Engine engine, ThreadTransactions transactions, Duration statementTimeout) {
    this.engine = engine;
    this.transactions = transactions;
    this.source = new TransactionDataSource(transactions);
    this.statementTimeout = engine.clientTimeout(statementTimeout);
  }

  public UnitDatabase open(UnitDescription unit) {
    UnitClassLoader loader = new UnitClassLoader(unit.loader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      EntityManagerFactory factory =
          new PersistenceProvider()
              .createContainerEntityManagerFactory(
                  new UnitInfo(unit, loader, source), properties(unit));
      boolean ready = false;
      try {
        // deploys the session now, so that a mapping that is wrong fails here and not in a request
        factory.createEntityManager().close();
        ready = true;
      } finally {
        if (!ready) {
          factory.close();
        }
      }
      return new UnitDatabase(unit.name(), factory, transactions);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Map<String, Object> properties(UnitDescription unit) {
    Map<String, Object> properties = new HashMap<>();
    // EclipseLink keeps sessions in a static map by name: a unit must never meet its older self
    properties.put(PersistenceUnitProperties.SESSION_NAME, unit.name() + " " + unit.session());
    properties.put(PersistenceUnitProperties.TARGET_DATABASE, engine.targetDatabase());
    properties.put(PersistenceUnitProperties.TARGET_SERVER, "None");
    properties.put(PersistenceUnitProperties.WEAVING, "false");
    properties.put(PersistenceUnitProperties.CACHE_SHARED_DEFAULT, "false");
    properties.put(PersistenceUnitProperties.BATCH_WRITING, "JDBC");
    properties.put(PersistenceUnitProperties.JDBC_BIND_PARAMETERS, "true");
    properties.put(PersistenceUnitProperties.DDL_GENERATION, PersistenceUnitProperties.NONE);
    properties.put(PersistenceUnitProperties.LOGGING_LOGGER, SessionLogBridge.class.getName());
    properties.put(PersistenceUnitProperties.LOGGING_LEVEL, "WARNING");
    properties.put(PersistenceUnitProperties.SESSION_CUSTOMIZER, (SessionCustomizer) this::tune);
    return properties;
  }

  private void tune(org.eclipse.persistence.sessions.Session session) {
    DatabaseLogin login = (DatabaseLogin) session.getDatasourceLogin();
    // no retries of 5 s each inside EclipseLink while the database is away: the caller is told
    login.setConnectionHealthValidatedOnError(false);
    login.setQueryRetryAttemptCount(0);
    if (!statementTimeout.isZero()) {
      session.setQueryTimeoutDefault((int) statementTimeout.toSeconds());
      session.setQueryTimeoutUnitDefault(TimeUnit.SECONDS);
    }
  }
}
