/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.talka.api.text.Text;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * Watches for module bundles that somebody installs, starts, stops or removes by the framework's
 * own means, a feature or a console command. A module that stops is withdrawn at once, on the
 * thread that stops it; everything else is settled afterwards on a thread of its own, one after the
 * other.
 */
final class PlainDoors implements SynchronousBundleListener {
  /** Who is named in the history: the framework does not know. */
  static final String ACTOR = "console";

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final BundleContext context;
  private final ModuleHost host;
  private final Consumer<String> settle;
  private final Predicate<String> working;
  private final ExecutorService settler =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "talka-modules-settle");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param settle makes a module's record and its bundles agree
   * @param working whether somebody works on the module already, whose doing the events are
   */
  PlainDoors(
      BundleContext context, ModuleHost host, Consumer<String> settle, Predicate<String> working) {
    this.context = context;
    this.host = host;
    this.settle = settle;
    this.working = working;
  }

  /** Watches, and settles what came before. */
  void open() {
    context.addBundleListener(this);
    host.hosted().stream()
        .map(ModuleHost.Hosted::module)
        .distinct()
        .forEach(module -> settler.execute(() -> settle.accept(module)));
  }

  void close() {
    context.removeBundleListener(this);
    settler.shutdownNow();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (stopping()) {
      return;
    }
    FrameworkHost.moduleOf(event.getBundle())
        .filter(module -> !working.test(module))
        .ifPresent(module -> changed(module, event));
  }

  private void changed(String module, BundleEvent event) {
    switch (event.getType()) {
      case BundleEvent.STOPPING -> {
        boolean other =
            host.hosted().stream()
                .anyMatch(
                    hosted ->
                        hosted.module().equals(module)
                            && hosted.running()
                            && hosted.bundle() != event.getBundle().getBundleId());
        if (!other) {
          host.drain(module, DRAIN);
          host.withdrawDeclarations(module);
        }
      }
      case BundleEvent.STARTED, BundleEvent.STOPPED, BundleEvent.UPDATED, BundleEvent.UNINSTALLED ->
          settler.execute(() -> settle.accept(module));
      default -> {
        // installed, resolved: nothing runs
      }
    }
  }

  /** When the whole framework stops, nobody wants the modules to be gone at the next start. */
  private boolean stopping() {
    return context.getBundle(0).getState() == Bundle.STOPPING;
  }

  /**
   * The archive that the bundle was installed from.
   *
   * @param accept checks an archive of this name
   */
  ModuleArchive archive(
      ModuleHost.Hosted bundle,
      BiFunction<String, byte[], ModuleArchive> accept,
      Catalogue catalogue) {
    Optional<ModuleArchive> offered =
        catalogue
            .offered(bundle.module())
            .filter(offer -> offer.version().equals(bundle.version()));
    String location = bundle.location();
    String address =
        location.startsWith("reference:") ? location.substring("reference:".length()) : location;
    try (InputStream in = URI.create(address).toURL().openStream()) {
      byte[] content = in.readNBytes(ArchiveLimits.STANDARD.bytes() + 1);
      String name = address.substring(address.lastIndexOf('/') + 1);
      return accept.apply(name.isEmpty() ? bundle.module() + ".jar" : name, content);
    } catch (IOException | IllegalArgumentException unreadable) {
      return offered.orElseThrow(
          () -> new StepFailure(Text.of("error.module.artifact"), unreadable));
    }
  }
}
