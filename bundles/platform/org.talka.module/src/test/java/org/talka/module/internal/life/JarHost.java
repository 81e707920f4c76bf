/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.ModuleArchive;

/** A host that reads real archives and does nothing with them. */
final class JarHost implements ModuleHost {
  volatile List<Missing> missing = List.of();
  volatile List<String> dependents = List.of();
  private final ConcurrentSkipListMap<Long, Hosted> bundles = new ConcurrentSkipListMap<>();
  private long nextId = 1;

  @Override
  public List<Hosted> hosted() {
    return List.copyOf(bundles.values());
  }

  @Override
  public synchronized Hosted install(String location, byte[] content) {
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
  public List<String> migrate(long bundle) {
    return List.of();
  }

  @Override
  public void undoMigration(String module, List<String> changes) {
    // there was none
  }

  @Override
  public void start(long bundle) {
    running(bundle, true);
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
  public void withdrawDeclarations(long bundle) {
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
  public void stop(long bundle) {
    running(bundle, false);
  }

  @Override
  public void uninstall(long bundle) {
    bundles.remove(bundle);
  }

  @Override
  public List<Missing> missing(ModuleArchive archive) {
    return missing;
  }

  @Override
  public List<String> dependents(long bundle) {
    return dependents;
  }

  @Override
  public boolean isTaken(String symbolicName, String module) {
    return symbolicName.startsWith("org.talka.core");
  }
}
