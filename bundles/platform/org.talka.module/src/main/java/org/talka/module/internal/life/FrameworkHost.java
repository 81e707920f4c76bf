/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.module.ModuleLifecycle;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.declare.DeclarationExtender;
import org.talka.module.internal.declare.DescriptorReader;
import org.talka.module.internal.declare.DescriptorRules;
import org.talka.module.internal.depend.Offers;
import org.talka.module.internal.depend.Requirements;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.Changelogs;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.MigrationRunner;
import org.talka.persistence.PendingChange;

/** The OSGi framework as a host of modules. */
@Component(service = ModuleHost.class)
public final class FrameworkHost implements ModuleHost {
  private static final Logger LOG = LoggerFactory.getLogger(FrameworkHost.class);

  /** A component that waits for something is given up after this. */
  private static final Duration READY = Duration.ofSeconds(15);

  /** The same for a bundle that is stopped, removed or joins. */
  private static final Duration END = Duration.ofSeconds(10);

  private static final Duration REFRESH = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

  /** Jakarta RESTful Web Services Whiteboard 1.0, 151.6. */
  private static final String APPLICATION_BASE = "osgi.jakartars.application.base";

  /** Characters of the digest that tell two contents of one version apart. */
  private static final int EDITION = 8;

  private final BundleContext context;
  private final Gate gate;
  private final DeclarationExtender declarations;
  private final RestDoors doors;
  private final MigrationRunner migrations;
  private final Callers callers;
  private final ComponentCheck components;
  private final DeclaredExtensions declared;
  private final Offers offers;
  private final Extensions<ModuleLifecycle> lifecycles;
  private final EngineSettings settings;

  /** Bundles whose code holds their lock and does not let go. */
  private final Set<Long> stuck = ConcurrentHashMap.newKeySet();

  @Activate
  public FrameworkHost(
      BundleContext context,
      @Reference Gate gate,
      @Reference DeclarationExtender declarations,
      @Reference RestDoors doors,
      @Reference MigrationRunner migrations,
      @Reference Callers callers,
      @Reference ServiceComponentRuntime components,
      @Reference EngineSettings settings) {
    this.context = context;
    this.settings = settings;
    this.gate = gate;
    this.declarations = declarations;
    this.doors = doors;
    this.migrations = migrations;
    this.callers = callers;
    this.components = new ComponentCheck(components);
    this.declared = new DeclaredExtensions(context);
    this.offers = new FrameworkOffers(context);
    this.lifecycles = gate.open(ModuleLifecycle.class);
  }

  @Deactivate
  void close() {
    lifecycles.close();
  }

  /** The module's id in a bundle's header; absent for bundles that are no modules. */
  static Optional<String> moduleOf(Bundle bundle) {
    return Optional.ofNullable(bundle.getHeaders("").get(DeclarationExtender.MODULE_HEADER))
        .map(header -> header.split(";", 2)[0].trim());
  }

  static Optional<Hosted> hosted(Bundle bundle) {
    return described(bundle).filter(hosted -> !ApiBundles.isOne(hosted.location()));
  }

  @Override
  public List<Hosted> apis(String module) {
    List<Hosted> apis = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (ApiBundles.isOne(bundle.getLocation())) {
        described(bundle).filter(api -> api.module().equals(module)).ifPresent(apis::add);
      }
    }
    return apis;
  }

  private static Optional<Hosted> described(Bundle bundle) {
    return moduleOf(bundle)
        .map(
            module ->
                new Hosted(
                    bundle.getBundleId(),
                    module,
                    bundle.getVersion().toString(),
                    bundle.getLocation(),
                    (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0));
  }

  @Override
  public List<Hosted> hosted() {
    List<Hosted> all = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      hosted(bundle).ifPresent(all::add);
    }
    return all;
  }

  @Override
  public void expect(String module) {
    doors.expect(module);
  }

  @Override
  public Hosted install(String location, byte[] content) {
    try {
      Bundle bundle = context.installBundle(location, new ByteArrayInputStream(content));
      Hosted hosted =
          described(bundle).orElseThrow(() -> new StepFailure(Text.of("error.module.install")));
      doors.expect(hosted.module());
      return hosted;
    } catch (BundleException refused) {
      throw new StepFailure(Text.of("error.module.install"), refused);
    }
  }

  @Override
  public void resolve(long id) {
    Bundle bundle = bundle(id);
    if (!wiring().resolveBundles(Set.of(bundle))) {
      throw new StepFailure(Text.of("error.module.resolve"));
    }
    List<String> others = strangers(id);
    if (!others.isEmpty()) {
      // its next refresh would restart them
      throw new StepFailure(Text.of("error.module.guard", "others", String.join(", ", others)));
    }
  }

  @Override
  public List<Change> pending(long id) {
    return changes(() -> migrations.pending(bundle(id)));
  }

  @Override
  public List<Change> pending(ModuleArchive archive) {
    Optional<byte[]> changelog = Changelogs.of(archive);
    return changelog.isEmpty()
        ? List.of()
        : changes(() -> migrations.pending(archive.id(), changelog.get()));
  }

  private static List<Change> changes(Supplier<List<PendingChange>> pending) {
    try {
      return pending.get().stream()
          .map(
              change ->
                  new Change(
                      change.id(), change.description(), change.contract(), change.undoable()))
          .toList();
    } catch (IllegalArgumentException edited) {
      throw migrationFailed("", String.valueOf(edited.getMessage()));
    }
  }

  private static StepFailure migrationFailed(String change, String reason) {
    return new StepFailure(Text.of("error.module.migration", "change", change, "reason", reason));
  }

  @Override
  public List<String> migrate(long id) {
    return ran(migrations.migrate(bundle(id)));
  }

  private static List<String> ran(MigrationOutcome outcome) {
    if (outcome instanceof MigrationOutcome.Failed failed) {
      throw migrationFailed(failed.changeSet(), failed.reason());
    }
    return ((MigrationOutcome.Migrated) outcome).ran();
  }

  @Override
  public Optional<Text> undoMigration(String module, List<String> changes) {
    // an expand change that stays does no harm to the version before
    return migrations.undo(module, changes) instanceof MigrationOutcome.Failed failed
        ? Optional.of(
            Text.of(
                "module.reason.changeStays",
                "change",
                failed.changeSet(),
                "reason",
                failed.reason()))
        : Optional.empty();
  }

  @Override
  public void contract(long id) {
    ran(migrations.contract(bundle(id)));
  }

  @Override
  public void start(long id) {
    Bundle bundle = bundle(id);
    free(bundle);
    Duration limit = settings.start();
    try {
      Errand.run(
          "talka-start-" + bundle.getSymbolicName(),
          limit,
          () -> {
            startTransiently(bundle);
            return null;
          });
      awaitReady(bundle);
      Optional<Text> broken =
          Errand.run(
              "talka-try-" + bundle.getSymbolicName(),
              limit,
              () -> components.tryOut(bundle, context));
      broken
          .or(() -> declared.missing(bundle))
          .ifPresent(
              why -> {
                throw new StepFailure(why);
              });
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StepFailure known) {
        throw known;
      }
      throw new StepFailure(Text.of("error.module.start"), failed.getCause());
    } catch (Errand.Late late) {
      if (late.stuck()) {
        hold(bundle);
      }
      throw new StepFailure(
          Text.of(
              late.stuck() ? "error.module.startStuck" : "error.module.startTime",
              "seconds",
              limit.toSeconds()));
    }
  }

  /** The framework remembers nothing of it: who starts a module, and when, is the life cycle's. */
  private static void startTransiently(Bundle bundle) throws BundleException {
    if (Autostart.isOn(bundle)) {
      bundle.stop();
    }
    bundle.start(Bundle.START_TRANSIENT);
  }

  private void hold(Bundle bundle) {
    stuck.add(bundle.getBundleId());
    LOG.error("Bundle {} hangs; only a restart of the server frees its thread", bundle);
  }

  private void free(Bundle bundle) {
    if (stuck.contains(bundle.getBundleId())) {
      throw new StepFailure(Text.of("error.module.stuck"));
    }
  }

  private void awaitReady(Bundle bundle) {
    long end = System.nanoTime() + READY.toNanos();
    Optional<Text> problem = components.problem(bundle);
    while (problem.isPresent() && System.nanoTime() - end < 0) {
      // one that waits may yet get what it needs; one that failed stays so
      Optional<Text> failed = components.failure(bundle);
      if (failed.isPresent()) {
        throw new StepFailure(failed.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new StepFailure(Text.of("module.reason.interrupted"));
      }
      problem = components.problem(bundle);
    }
    if (problem.isPresent()) {
      throw new StepFailure(problem.get());
    }
  }

  @Override
  public Optional<Text> ailment(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null || bundle.getState() != Bundle.ACTIVE) {
      return Optional.of(Text.of("module.reason.stopped"));
    }
    return components.problem(bundle).or(() -> declared.missing(bundle));
  }

  @Override
  public void join(String module, boolean firstInstall, Optional<String> upgradedFrom) {
    ModuleLifecycle.Context turn = new Turn(module, firstInstall, upgradedFrom);
    try {
      Errand.run(
          "talka-join-" + module,
          settings.start(),
          () ->
              callers.as(
                  callers.system(module),
                  () -> {
                    lifecycles
                        .of(module)
                        .forEach(one -> one.run(service -> service.starting(turn)));
                    return null;
                  }));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new StepFailure(Text.of("error.module.start"), failed.getCause());
    } catch (Errand.Late late) {
      throw new StepFailure(
          Text.of("error.module.startTime", "seconds", settings.start().toSeconds()));
    }
  }

  private record Turn(String moduleId, boolean firstInstall, Optional<String> upgradedFrom)
      implements ModuleLifecycle.Context {}

  @Override
  public void declare(long id, String digest) {
    Bundle bundle = bundle(id);
    declarations.declareModule(
        bundle, descriptor(bundle), bundle.getVersion() + "-" + digest.substring(0, EDITION));
  }

  static ModuleDescriptor descriptor(Bundle bundle) {
    URL file = bundle.getEntry(DescriptorReader.PATH);
    if (file == null) {
      throw new StepFailure(Text.of("error.module.archive.noDescriptor"));
    }
    try (InputStream in = file.openStream()) {
      ModuleDescriptor descriptor = DescriptorReader.read(in, bundle.getVersion().toString(), true);
      List<FieldError> errors = DescriptorRules.check(descriptor);
      if (!errors.isEmpty()) {
        throw DomainException.invalid(errors);
      }
      return descriptor;
    } catch (IOException wrong) {
      throw new StepFailure(
          Text.of("error.module.archive.descriptor", "reason", wrong.getMessage()), wrong);
    }
  }

  @Override
  public void withdrawDeclarations(String module) {
    declarations.withdrawModule(module);
  }

  @Override
  public void admit(String module) {
    gate.admit(module);
    doors.open(module);
  }

  @Override
  public boolean drain(String module, Duration wait) {
    if (hosted().stream().anyMatch(hosted -> hosted.module().equals(module))) {
      // also of one that has never run since the server started
      doors.expect(module);
    }
    boolean left = doors.close(module, wait);
    return gate.withdraw(module, wait) && left;
  }

  @Override
  public boolean stop(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      return true;
    }
    return inTime(
        bundle,
        "stop",
        () -> {
          bundle.stop();
          return null;
        });
  }

  @Override
  public List<String> restBases(String module) {
    List<String> bases = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      ServiceReference<?>[] offered = bundle.getRegisteredServices();
      if (offered != null && moduleOf(bundle).filter(module::equals).isPresent()) {
        for (ServiceReference<?> reference : offered) {
          if (reference.getProperty(APPLICATION_BASE) instanceof String base) {
            bases.add(base);
          }
        }
      }
    }
    return bases;
  }

  @Override
  public void unload(long id) {
    Bundle bundle = context.getBundle(id);
    boolean stopped =
        bundle != null && (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) == 0;
    if (stopped && disturbed(bundle, moduleOf(bundle).orElse("")).isEmpty()) {
      refresh(bundle);
    }
  }

  @Override
  public boolean uninstall(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      return true;
    }
    String module = moduleOf(bundle).orElse("");
    boolean gone =
        inTime(
            bundle,
            "uninstall",
            () -> {
              bundle.uninstall();
              return null;
            });
    if (gone) {
      List<String> users = disturbed(bundle, module);
      if (users.isEmpty()) {
        refresh(bundle);
      } else {
        LOG.warn("Bundle {} is gone, but {} still use its old classes", bundle, users);
      }
    }
    if (hosted().stream().noneMatch(hosted -> hosted.module().equals(module))) {
      doors.forget(module);
    }
    return gone;
  }

  /** Whom a refresh would disturb: those that run, and whatever is no module. */
  private List<String> disturbed(Bundle gone, String module) {
    return wiring().getDependencyClosure(List.of(gone)).stream()
        .filter(bundle -> !moduleOf(bundle).equals(Optional.of(module)))
        .filter(
            bundle ->
                moduleOf(bundle).isEmpty()
                    || (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0)
        .map(bundle -> moduleOf(bundle).orElse(bundle.getSymbolicName()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the framework has done it; a complaint of the module's own code changes nothing. */
  private boolean inTime(Bundle bundle, String what, Callable<Void> work) {
    if (stuck.contains(bundle.getBundleId())) {
      return false;
    }
    try {
      Errand.run("talka-" + what + "-" + bundle.getSymbolicName(), END, work);
      return true;
    } catch (ExecutionException untidy) {
      LOG.warn("Bundle {} complained: {}", bundle, what, untidy.getCause());
      return bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING;
    } catch (Errand.Late late) {
      hold(bundle);
      return false;
    }
  }

  /** Lets the framework drop the class loader; nobody else is touched, that was looked at. */
  private void refresh(Bundle bundle) {
    CountDownLatch done = new CountDownLatch(1);
    wiring().refreshBundles(List.of(bundle), event -> done.countDown());
    try {
      if (!done.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("The framework has not dropped bundle {} yet", bundle);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long platform() {
    long sum = 0;
    for (Bundle bundle : context.getBundles()) {
      if (moduleOf(bundle).isEmpty()) {
        sum = 31 * sum + bundle.getBundleId();
        sum = 31 * sum + bundle.getLastModified();
      }
    }
    return sum;
  }

  @Override
  public List<Missing> missing(Wiring archive, List<Wiring> others) {
    List<Offers> all = new ArrayList<>(List.of(offers));
    others.forEach(other -> all.add(Offers.of(other)));
    return Requirements.missing(archive, Offers.of(all));
  }

  @Override
  public Set<String> providers(String module) {
    Set<String> providers = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wires = bundle.adapt(BundleWiring.class);
      if (wires != null && moduleOf(bundle).filter(module::equals).isPresent()) {
        wires.getRequiredWires(null).stream()
            .flatMap(wire -> moduleOf(wire.getProvider().getBundle()).stream())
            .filter(other -> !other.equals(module))
            .forEach(providers::add);
      }
    }
    return providers;
  }

  @Override
  public List<String> strangers(long id) {
    return closure(id)
        .filter(bundle -> moduleOf(bundle).isEmpty())
        .map(Bundle::getSymbolicName)
        .distinct()
        .sorted()
        .toList();
  }

  /** What would be rewired with a bundle, itself among it. */
  private Stream<Bundle> closure(long id) {
    Bundle bundle = context.getBundle(id);
    return bundle == null
        ? Stream.empty()
        : wiring().getDependencyClosure(List.of(bundle)).stream();
  }

  @Override
  public boolean isTaken(String symbolicName, String module) {
    for (Bundle bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())
          && !moduleOf(bundle).equals(Optional.of(module))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean differs(long id, byte[] archive) {
    return Contents.differ(bundle(id), archive);
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }

  private Bundle bundle(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      throw new StepFailure(Text.of("error.module.gone"));
    }
    return bundle;
  }
}
