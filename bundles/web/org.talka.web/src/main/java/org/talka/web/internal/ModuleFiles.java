/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;

/**
 * The UI files of modules that are active. What was read once is kept until its bundle stops, and
 * nothing of a bundle is kept longer, so that a removed module leaves nothing behind. Thread-safe.
 */
final class ModuleFiles {
  /** Says that a bundle is a module, and which. */
  private static final String HEADER = "Talka-Module";

  private static final String FOLDER = "/TALKA-INF/ui/";

  private final BundleTracker<Running> tracker;

  ModuleFiles(BundleContext context) {
    // a module that drains still serves those who look at its pages
    tracker =
        new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING, null) {
          @Override
          public Running addingBundle(Bundle bundle, BundleEvent event) {
            String header = bundle.getHeaders("").get(HEADER);
            return header == null ? null : new Running(bundle, header.split(";", 2)[0].strip());
          }
        };
  }

  void open() {
    tracker.open();
  }

  void close() {
    tracker.close();
  }

  Optional<Asset> asset(ModuleAddress address) {
    return tracker.getTracked().values().stream()
        .filter(r -> r.serves(address))
        .findFirst()
        .flatMap(r -> r.asset(address));
  }

  private record Running(Bundle bundle, String module, Map<String, Asset> read) {
    Running(Bundle bundle, String module) {
      this(bundle, module, new ConcurrentHashMap<>());
    }

    boolean serves(ModuleAddress address) {
      return module.equals(address.module())
          && bundle.getVersion().toString().equals(address.version());
    }

    Optional<Asset> asset(ModuleAddress address) {
      String file = address.file();
      Optional<String> mediaType = address.framed() ? MediaTypes.framed(file) : MediaTypes.of(file);
      return mediaType.map(type -> read.computeIfAbsent(file, f -> load(type, f)));
    }

    private Asset load(String type, String file) {
      URL url = bundle.getEntry(FOLDER + file);
      if (url == null) {
        return null;
      }
      try (InputStream in = url.openStream()) {
        return new Asset(type, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
