/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.TrustMode;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.text.Words;

/** The service on a framework that is not there. */
final class TestService {
  private TestService() {}

  /**
   * @param home its {@code modules} folder is the catalogue
   */
  static ModuleService start(
      Path home,
      Journal journal,
      ModuleHost host,
      DeclarationRegistry registry,
      Audit audit,
      EngineSettings.Values settings) {
    return new ModuleService(
        context(home, settings),
        journal,
        host,
        registry,
        new Words(),
        new NobodySpecial(),
        audit,
        new NoExtensions(),
        new Intake(home.resolve("modules"), home.resolve("trust"), TrustMode.WARN, Set::of),
        new EngineSettings(settings));
  }

  /** Settings that a test changes. */
  static final class Patience implements EngineSettings.Values {
    volatile long grace = 60;

    /** Whether the server is on its way down. */
    volatile boolean stopping;

    @Override
    public long grace_seconds() {
      return grace;
    }

    @Override
    public long start_seconds() {
      return 30;
    }

    @Override
    public Class<EngineSettings.Values> annotationType() {
      return EngineSettings.Values.class;
    }
  }

  private static BundleContext context(Path home, EngineSettings.Values settings) {
    Bundle system =
        (Bundle)
            Proxy.newProxyInstance(
                TestService.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, args) ->
                    method.getName().equals("getState")
                        ? settings instanceof Patience patience && patience.stopping
                            ? Bundle.STOPPING
                            : Bundle.ACTIVE
                        : null);
    return (BundleContext)
        Proxy.newProxyInstance(
            TestService.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getProperty" -> args[0].equals("karaf.home") ? home.toString() : null;
                  case "getBundles" -> new Bundle[0];
                  case "getBundle" -> system;
                  default -> null;
                });
  }

  private static final class NobodySpecial implements Callers {
    @Override
    public Caller current() {
      return (Caller)
          Proxy.newProxyInstance(
              TestService.class.getClassLoader(),
              new Class<?>[] {Caller.class},
              (proxy, method, args) -> method.getName().equals("username") ? "admin" : null);
    }

    @Override
    public <T> T as(Caller caller, Supplier<T> work) {
      return work.get();
    }

    @Override
    public Caller system(String moduleId) {
      return current();
    }
  }

  private static final class NoExtensions implements Gate {
    @Override
    public <T> Extensions<T> open(Class<T> point) {
      return new Extensions<>() {
        @Override
        public List<Extension<T>> all() {
          return List.of();
        }

        @Override
        public Optional<Extension<T>> named(String property, String value) {
          return Optional.empty();
        }

        @Override
        public void onChange(Runnable listener) {
          // nothing ever changes
        }

        @Override
        public void close() {
          // nothing is open
        }
      };
    }

    @Override
    public List<ExtensionReport> report() {
      return List.of();
    }

    @Override
    public void admit(String moduleId) {
      // the host under test does it
    }

    @Override
    public boolean withdraw(String moduleId, Duration wait) {
      return true;
    }
  }
}
