/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.talka.api.text.Text;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.ModuleArchive;

/** A host that reads real archives and does nothing with them. */
final class JarHost implements ModuleHost {
  volatile List<Change> pending = List.of();
  volatile Optional<Text> ailment = Optional.empty();
  volatile String ailing = "";
  volatile long platform = 1;
  final List<String> undone = new CopyOnWriteArrayList<>();
  final List<Long> contracted = new CopyOnWriteArrayList<>();
  volatile List<Missing> missing = List.of();
  volatile List<String> strangers = List.of();

  /** The module that does not start, or only in one version: {@code module version}. */
  volatile String failing = "";

  /** Modules as they started. */
  final List<String> started = new CopyOnWriteArrayList<>();

  private final ConcurrentSkipListMap<Long, Hosted> bundles = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, Hosted> apis = new ConcurrentSkipListMap<>();
  private long nextId = 1;

  @Override
  public List<Hosted> apis(String module) {
    return apis.values().stream().filter(api -> api.module().equals(module)).toList();
  }

  /** As when the framework's cache is lost. */
  void loseBundles() {
    bundles.clear();
    apis.clear();
  }

  @Override
  public List<Hosted> hosted() {
    return List.copyOf(bundles.values());
  }

  @Override
  public synchronized Hosted install(String location, byte[] content) {
    if (ApiBundles.isOne(location)) {
      Hosted api = new Hosted(nextId++, location.split(":")[2], "1.0.0", location, false);
      apis.put(api.bundle(), api);
      return api;
    }
    ModuleArchive archive = new ArchiveReader(ArchiveLimits.STANDARD).read("m.jar", content);
    Hosted hosted = new Hosted(nextId++, archive.id(), archive.version(), location, false);
    bundles.put(hosted.bundle(), hosted);
    return hosted;
  }

  @Override
  public void resolve(long bundle) {
    // everything is there
  }

  @Override
  public void expect(String module) {
    // there are no doors
  }

  @Override
  public List<Change> pending(long bundle) {
    return pending;
  }

  @Override
  public List<Change> pending(ModuleArchive archive) {
    return pending;
  }

  @Override
  public List<String> migrate(long bundle) {
    return List.of();
  }

  @Override
  public Optional<Text> undoMigration(String module, List<String> changes) {
    undone.addAll(changes);
    return Optional.empty();
  }

  @Override
  public void contract(long bundle) {
    contracted.add(bundle);
    pending = List.of();
  }

  @Override
  public void start(long bundle) {
    String module = bundles.get(bundle).module();
    if (failing.equals(module) || failing.equals(module + " " + bundles.get(bundle).version())) {
      throw new StepFailure(Text.of("error.module.start"));
    }
    started.add(module);
    running(bundle, true);
  }

  /** As after the end of the server: nothing runs. */
  void restart() {
    bundles.keySet().forEach(bundle -> running(bundle, false));
    started.clear();
  }

  private void running(long bundle, boolean now) {
    bundles.computeIfPresent(
        bundle, (id, h) -> new Hosted(id, h.module(), h.version(), h.location(), now));
  }

  @Override
  public void join(String module, boolean firstInstall, Optional<String> upgradedFrom) {
    // it has nothing to do
  }

  @Override
  public void declare(long bundle, String digest) {
    // nobody listens
  }

  @Override
  public void withdrawDeclarations(String module) {
    // nobody listens
  }

  @Override
  public void admit(String module) {
    // it has no extensions
  }

  @Override
  public boolean drain(String module, Duration wait) {
    return true;
  }

  @Override
  public boolean stop(long bundle) {
    running(bundle, false);
    return true;
  }

  @Override
  public void unload(long bundle) {
    // it has no classes
  }

  @Override
  public boolean uninstall(long bundle) {
    bundles.remove(bundle);
    apis.remove(bundle);
    return true;
  }

  /** How often somebody looked for what ails a module. */
  volatile int asked;

  /** Of the bundle whose version is {@link #ailing}. */
  @Override
  public Optional<Text> ailment(long bundle) {
    asked++;
    return bundles.get(bundle).version().equals(ailing) ? ailment : Optional.empty();
  }

  @Override
  public long platform() {
    return platform;
  }

  @Override
  public boolean differs(long bundle, byte[] archive) {
    return false;
  }

  @Override
  public List<Missing> missing(Wiring archive, List<Wiring> others) {
    return missing;
  }

  @Override
  public List<String> strangers(long bundle) {
    return strangers;
  }

  @Override
  public boolean isTaken(String symbolicName, String module) {
    return symbolicName.startsWith("org.talka.core");
  }
}
