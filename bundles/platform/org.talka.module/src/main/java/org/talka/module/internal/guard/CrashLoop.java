/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.text.Text;
import org.talka.module.internal.life.StartVeto;

/**
 * Keeps a module away over which the server died twice: within a minute of its start each time. An
 * administrator can let it in again.
 */
@Component(service = StartVeto.class, immediate = true)
public final class CrashLoop implements StartVeto {
  private static final Logger LOG = LoggerFactory.getLogger(CrashLoop.class);

  /** Whoever ran so long did not bring the server down by its start. */
  private static final long HARMLESS_SECONDS = 60;

  private final StartLog log;
  private final Map<String, ScheduledFuture<?>> proving = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-start-log");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public CrashLoop(BundleContext context) {
    String data = Optional.ofNullable(context.getProperty("talka.data")).orElse("data");
    this.log =
        new StartLog(
            Path.of(data).resolve("modules").resolve("starting"), UUID.randomUUID().toString());
  }

  /** The server, or this bundle, stops as it should. */
  @Deactivate
  void close() {
    clock.shutdownNow();
    write("", any -> log.goodbye());
  }

  @Override
  public Optional<Text> veto(String module, boolean firstParty) {
    if (!log.suspects(module)) {
      return Optional.empty();
    }
    // it goes into quarantine for that; whoever lets it in again gives it another two chances
    write(module, log::clear);
    LOG.warn("The server died twice when it had started module {}: it is kept away", module);
    return Optional.of(Text.of("module.reason.crashLoop"));
  }

  @Override
  public void starting(String module) {
    ScheduledFuture<?> before = proving.remove(module);
    if (before != null) {
      before.cancel(false);
    }
    write(module, log::starting);
  }

  @Override
  public void started(String module) {
    write(module, log::returned);
    try {
      proving.put(
          module,
          clock.schedule(() -> write(module, log::clear), HARMLESS_SECONDS, TimeUnit.SECONDS));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("The server stops while module {} proves itself", module, stopping);
    }
  }

  private interface Write {
    void to(String module) throws IOException;
  }

  /** A disk that is full must not keep modules from starting. */
  private static void write(String module, Write write) {
    try {
      write.to(module);
    } catch (IOException e) {
      LOG.warn("What happens to module {} can't be written down", module, e);
    }
  }
}
