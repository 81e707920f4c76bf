/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.osgi;

import java.io.IOException;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.persistence.unit.OpenUnit;
import org.talka.persistence.unit.SharedDatabase;
import org.talka.persistence.unit.UnitDescription;

/**
 * Opens the persistence unit of every bundle that has one while it starts, on the thread that
 * starts it, so that its {@link Database} is there when the start returns; and closes it before the
 * bundle's own activator stops.
 */
final class UnitExtender implements BundleTrackerCustomizer<UnitExtender.Held> {
  private static final Logger LOG = LoggerFactory.getLogger(UnitExtender.class);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  /** How often a unit is tried again while the database is away. */
  private static final long RETRY_SECONDS = 1;

  private final BundleContext context;
  private final SharedDatabase database;
  private final BundleTracker<Held> tracker;
  private final ScheduledExecutorService retries;
  private final Map<Bundle, String> trouble = new ConcurrentHashMap<>();

  UnitExtender(BundleContext context, SharedDatabase database) {
    this.context = context;
    this.database = database;
    this.tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
    this.retries =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "talka-persistence-retry");
              thread.setDaemon(true);
              return thread;
            });
  }

  void open() {
    tracker.open();
  }

  void close() {
    retries.shutdownNow();
    tracker.close();
  }

  /** Units that are not open: the bundle's name and why. */
  Map<String, String> trouble() {
    Map<String, String> answer = new ConcurrentHashMap<>();
    trouble.forEach((bundle, reason) -> answer.put(bundle.getSymbolicName(), reason));
    return Map.copyOf(answer);
  }

  @Override
  public Held addingBundle(Bundle bundle, BundleEvent event) {
    if (!BundleUnit.isIn(bundle)) {
      return null;
    }
    Held held = new Held(bundle);
    held.open();
    return held;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, Held held) {
    // from STARTING to ACTIVE: nothing to do
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Held held) {
    held.close();
  }

  /** A bundle's unit, open or waiting for the database. Its monitor guards its fields. */
  final class Held {
    private final Bundle bundle;
    private OpenUnit unit;
    private ServiceRegistration<Database> registration;
    private boolean gone;

    private Held(Bundle bundle) {
      this.bundle = bundle;
    }

    synchronized void open() {
      if (gone) {
        return;
      }
      try {
        UnitDescription description = BundleUnit.of(bundle);
        unit = isModule() ? database.openMigrated(description) : database.open(description, true);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Database.UNIT, unit.name());
        registration = context.registerService(Database.class, unit.database(), properties);
        trouble.remove(bundle);
      } catch (DatabaseUnavailableException e) {
        if (trouble.put(bundle, String.valueOf(e.getMessage())) == null) {
          LOG.error(
              "persistence unit of {} waits for the database: {}",
              bundle.getSymbolicName(),
              e.getMessage());
        }
        retries.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
      } catch (IOException | RuntimeException e) {
        trouble.put(bundle, String.valueOf(e.getMessage()));
        LOG.error("persistence unit of {}: {}", bundle.getSymbolicName(), e.getMessage(), e);
      }
    }

    /** A module's changes are made by its life cycle, which writes them down before. */
    private boolean isModule() {
      return bundle.getHeaders("").get("Talka-Module") != null;
    }

    void close() {
      OpenUnit open;
      synchronized (this) {
        gone = true;
        trouble.remove(bundle);
        open = unit;
        unit = null;
        if (registration != null) {
          // components that use it are deactivated in here, while it still works
          registration.unregister();
          registration = null;
        }
      }
      if (open != null) {
        open.close(CLOSE_WAIT);
      }
    }
  }
}
