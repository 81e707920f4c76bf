/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.talka.api.text.Text;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * A framework that remembers bundles over a power cut, as the real one does, and forgets everything
 * else. The content of an archive is {@code <module> <version>}. A step can be made to fail.
 */
final class FakeHost implements ModuleHost {
  private final Doom doom;
  private final TreeMap<Long, Hosted> bundles = new TreeMap<>();
  private final Map<String, Long> declared = new TreeMap<>();
  private final Set<String> exchanged = new HashSet<>();
  private final Set<String> withdrawn = new HashSet<>();
  private final Set<Long> stuck = new HashSet<>();
  private final Set<String> admitted = new HashSet<>();
  private final List<String> schema = new ArrayList<>();
  private final List<String> contracted = new ArrayList<>();
  private String failing = "";
  private String hanging = "";
  private long nextId = 10;

  FakeHost(Doom doom) {
    this.doom = doom;
  }

  /** Lets {@code step version} fail, for example {@code start 2.0.0}; empty for nothing. */
  void fail(String what) {
    failing = what;
  }

  /** Lets the start of a version hang for ever. */
  void hang(String version) {
    hanging = version;
  }

  /** Lets somebody update the bundle at this place. */
  void exchange(String location) {
    exchanged.add(location);
  }

  Collection<Long> declared() {
    return declared.values();
  }

  /** Modules whose declarations were missing at any time since the last question. */
  Set<String> withdrawnMeanwhile() {
    Set<String> answer = Set.copyOf(withdrawn);
    withdrawn.clear();
    return answer;
  }

  List<String> contracted() {
    return contracted;
  }

  /** As a new process would: nothing hangs any more. */
  void restart() {
    powerCut();
  }

  Set<String> admitted() {
    return admitted;
  }

  List<String> schema() {
    return schema;
  }

  void loseBundles() {
    bundles.clear();
    powerCut();
  }

  void powerCut() {
    declared.clear();
    admitted.clear();
    stuck.clear();
    hanging = "";
    // nobody but the life cycle starts a module
    bundles.keySet().forEach(bundle -> running(bundle, false));
  }

  private void at(String step, long bundle) {
    doom.tick();
    Hosted hosted = bundles.get(bundle);
    if (hosted == null) {
      throw new StepFailure(Text.of("error.module.gone"));
    }
    if (failing.equals(step + " " + hosted.version())) {
      throw new StepFailure(Text.of("test.failure"));
    }
  }

  @Override
  public List<Hosted> hosted() {
    return List.copyOf(bundles.values());
  }

  @Override
  public Hosted install(String location, byte[] content) {
    doom.tick();
    String[] parts = new String(content, java.nio.charset.StandardCharsets.UTF_8).split(" ");
    for (Hosted other : bundles.values()) {
      if (other.location().equals(location)) {
        return other;
      }
      if (other.module().equals(parts[0]) && other.version().equals(parts[1])) {
        throw new StepFailure(Text.of("test.duplicate"));
      }
    }
    Hosted hosted = new Hosted(nextId++, parts[0], parts[1], location, false);
    bundles.put(hosted.bundle(), hosted);
    at("install", hosted.bundle());
    return hosted;
  }

  @Override
  public void resolve(long bundle) {
    at("resolve", bundle);
  }

  @Override
  public void expect(String module) {
    // there are no doors
  }

  /** Each version brings one change, and each but the first a contract change. */
  @Override
  public List<Change> pending(long bundle) {
    Hosted hosted = bundles.get(bundle);
    String change = hosted.module() + " " + hosted.version();
    List<Change> pending = new ArrayList<>();
    if (!schema.contains(change)) {
      pending.add(new Change(change, "adds", false, true));
    }
    if (!hosted.version().startsWith("1") && !contracted.contains(change)) {
      pending.add(new Change(change + " contract", "drops", true, false));
    }
    return pending;
  }

  @Override
  public List<Change> pending(ModuleArchive archive) {
    return List.of();
  }

  @Override
  public List<String> migrate(long bundle) {
    at("migrate", bundle);
    String change = bundles.get(bundle).module() + " " + bundles.get(bundle).version();
    if (schema.contains(change)) {
      return List.of();
    }
    schema.add(change);
    // it is in the database, but nobody has heard of it
    doom.tick();
    return List.of(change);
  }

  @Override
  public Optional<Text> undoMigration(String module, List<String> changes) {
    doom.tick();
    schema.removeAll(changes);
    doom.tick();
    return Optional.empty();
  }

  @Override
  public void contract(long bundle) {
    at("contract", bundle);
    contracted.add(bundles.get(bundle).module() + " " + bundles.get(bundle).version());
    doom.tick();
  }

  @Override
  public void start(long bundle) {
    at("start", bundle);
    if (stuck.contains(bundle)) {
      throw new StepFailure(Text.of("error.module.stuck"));
    }
    if (bundles.get(bundle).version().equals(hanging)) {
      stuck.add(bundle);
      throw new StepFailure(Text.of("error.module.startStuck"));
    }
    running(bundle, true);
  }

  private void running(long bundle, boolean running) {
    bundles.computeIfPresent(
        bundle, (id, h) -> new Hosted(id, h.module(), h.version(), h.location(), running));
  }

  @Override
  public void join(String module, boolean firstInstall, Optional<String> upgradedFrom) {
    bundles.values().stream()
        .filter(hosted -> hosted.module().equals(module) && hosted.running())
        .forEach(hosted -> at("join", hosted.bundle()));
  }

  @Override
  public void declare(long bundle, String digest) {
    at("declare", bundle);
    declared.put(bundles.get(bundle).module(), bundle);
  }

  @Override
  public void withdrawDeclarations(String module) {
    if (declared.remove(module) != null) {
      withdrawn.add(module);
    }
  }

  @Override
  public void admit(String module) {
    doom.tick();
    admitted.add(module);
  }

  @Override
  public boolean drain(String module, Duration wait) {
    doom.tick();
    admitted.remove(module);
    return true;
  }

  @Override
  public boolean stop(long bundle) {
    doom.tick();
    running(bundle, false);
    return !stuck.contains(bundle);
  }

  @Override
  public void unload(long bundle) {
    // it has no classes
  }

  @Override
  public boolean uninstall(long bundle) {
    doom.tick();
    if (stuck.contains(bundle)) {
      return false;
    }
    bundles.remove(bundle);
    return true;
  }

  @Override
  public Optional<Text> ailment(long bundle) {
    return Optional.empty();
  }

  @Override
  public long platform() {
    return 1;
  }

  @Override
  public boolean differs(long bundle, byte[] archive) {
    return exchanged.remove(bundles.get(bundle).location());
  }

  @Override
  public List<Missing> missing(Wiring archive, List<Wiring> others) {
    return List.of();
  }

  @Override
  public boolean isTaken(String symbolicName, String module) {
    return symbolicName.startsWith("org.talka.core");
  }
}
