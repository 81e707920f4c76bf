/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.talka.api.text.Text;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * A framework that remembers bundles over a power cut, as the real one does, and forgets everything
 * else. The content of an archive is {@code <module> <version>}. A step can be made to fail.
 */
final class FakeHost implements ModuleHost {
  private final Doom doom;
  private final TreeMap<Long, Hosted> bundles = new TreeMap<>();
  private final Set<Long> declared = new HashSet<>();
  private final Set<String> admitted = new HashSet<>();
  private final List<String> schema = new ArrayList<>();
  private String failing = "";
  private long nextId = 10;

  FakeHost(Doom doom) {
    this.doom = doom;
  }

  /** Lets {@code step version} fail, for example {@code start 2.0.0}; empty for nothing. */
  void fail(String what) {
    failing = what;
  }

  Set<Long> declared() {
    return declared;
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
  public List<String> migrate(long bundle) {
    at("migrate", bundle);
    String change = bundles.get(bundle).module() + " " + bundles.get(bundle).version();
    if (schema.contains(change)) {
      return List.of();
    }
    schema.add(change);
    return List.of(change);
  }

  @Override
  public void undoMigration(String module, List<String> changes) {
    doom.tick();
    schema.removeAll(changes);
  }

  @Override
  public void start(long bundle) {
    at("start", bundle);
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
    declared.add(bundle);
  }

  @Override
  public void withdrawDeclarations(long bundle) {
    declared.remove(bundle);
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
  public void stop(long bundle) {
    doom.tick();
    running(bundle, false);
  }

  @Override
  public void uninstall(long bundle) {
    doom.tick();
    bundles.remove(bundle);
    declared.remove(bundle);
  }

  @Override
  public List<Missing> missing(ModuleArchive archive) {
    return List.of();
  }

  @Override
  public List<String> dependents(long bundle) {
    return List.of();
  }

  @Override
  public boolean isTaken(String symbolicName, String module) {
    return symbolicName.startsWith("org.talka.core");
  }
}
