/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Transactions;
import org.talka.persistence.DatabaseStatus;
import org.talka.persistence.MigrationRunner;
import org.talka.persistence.Tables;
import org.talka.persistence.unit.DatabaseSettings;
import org.talka.persistence.unit.SharedDatabase;

/**
 * Opens the database and offers it. Its services are registered by hand and before the first unit
 * is opened, because what a unit's bundle does with its {@code Database} may need them at once.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = {"org.talka", "org.talka.persistence"})
public final class PersistencePlatform {
  private static final Logger LOG = LoggerFactory.getLogger(PersistencePlatform.class);

  private final SharedDatabase database;
  private final UnitExtender extender;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  @Activate
  public PersistencePlatform(BundleContext context, PersistenceConfiguration configuration) {
    DatabaseSettings settings = settings(context, configuration);
    this.database = SharedDatabase.of(settings);
    LOG.info("database: {}", settings.url());
    this.extender = new UnitExtender(context, database);
    registrations.add(context.registerService(Transactions.class, database.transactions(), null));
    registrations.add(
        context.registerService(
            DatabaseStatus.class, new Status(database, extender::trouble), null));
    registrations.add(
        context.registerService(MigrationRunner.class, new BundleMigrations(database), null));
    registrations.add(context.registerService(Tables.class, database.tables(), null));
    extender.open();
  }

  private static DatabaseSettings settings(
      BundleContext context, PersistenceConfiguration configuration) {
    String url = configuration.url().strip();
    return new DatabaseSettings(
        url.isEmpty() ? "jdbc:derby:" + folder(context, configuration) : url,
        configuration.user(),
        configuration.password(),
        configuration.connections(),
        Duration.ofSeconds(configuration.statement_timeout()));
  }

  private static Path folder(BundleContext context, PersistenceConfiguration configuration) {
    String data = configuration.data().strip();
    if (!data.isEmpty()) {
      return Path.of(data, "db").toAbsolutePath().normalize();
    }
    String karaf = context.getProperty("karaf.data");
    return Path.of(karaf == null ? "data" : karaf, "talka", "db").toAbsolutePath().normalize();
  }

  @Deactivate
  public void close() {
    // first the units, so that components above leave while the database still answers
    extender.close();
    registrations.forEach(ServiceRegistration::unregister);
    database.close();
  }
}
