/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleBundle;
import org.talka.module.internal.intake.Trust;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Whom the life cycle asks and tells on this desk. */
final class DeskSurroundings implements Surroundings {
  private final DeclarationRegistry registry;
  private final Containment containment;
  private final Dependencies dependencies;
  private final Intake intake;
  private final ArchiveReader reader;
  private final Journal journal;
  private final EngineSettings settings;
  private final boolean safeMode;
  private final BiConsumer<String, Duration> leaving;

  /**
   * @param leaving lets those wait that need a module which goes
   */
  DeskSurroundings(
      DeclarationRegistry registry,
      Containment containment,
      Dependencies dependencies,
      Intake intake,
      Journal journal,
      EngineSettings settings,
      boolean safeMode,
      BiConsumer<String, Duration> leaving) {
    this.registry = registry;
    this.containment = containment;
    this.dependencies = dependencies;
    this.intake = intake;
    this.reader = intake.reader();
    this.journal = journal;
    this.settings = settings;
    this.safeMode = safeMode;
    this.leaving = leaving;
  }

  @Override
  public void changed(String module, ModuleState state) {
    registry.changed(module, state.name());
  }

  @Override
  public void progress(String operation, String module) {
    containment.progressed(operation, module);
  }

  @Override
  public void starting(String module) {
    containment.starting(module);
  }

  @Override
  public void started(String module) {
    containment.started(module);
  }

  @Override
  public Optional<Veto> veto(ModuleRecord module) {
    boolean ours = isFirstParty(module);
    if (safeMode && !ours) {
      return Optional.of(new Veto(Text.of("module.reason.safeMode"), false));
    }
    return containment
        .veto(module.id(), ours)
        .map(reason -> new Veto(reason, true))
        .or(() -> dependencies.unmet(module).map(reason -> new Veto(reason, false)))
        .or(() -> dependencies.missing(module).map(reason -> new Veto(reason, false)));
  }

  @Override
  public void leaving(String module, Duration wait) {
    leaving.accept(module, wait);
  }

  @Override
  public byte[] bundle(Artifact archive) {
    return archive.name().endsWith(".kar")
        ? reader.read(archive.name(), archive.content()).bundles().get(0).content()
        : archive.content();
  }

  @Override
  public List<ModuleBundle> apis(Artifact archive) {
    if (!archive.name().endsWith(".kar")) {
      return List.of();
    }
    List<ModuleBundle> all = reader.read(archive.name(), archive.content()).bundles();
    return all.subList(1, all.size());
  }

  @Override
  public Records records() {
    return containment
        .records()
        .orElseThrow(() -> new StepFailure(Text.of("error.module.records")));
  }

  @Override
  public Duration grace() {
    return settings.grace();
  }

  private boolean isFirstParty(ModuleRecord module) {
    return intake
        .verify(module.digest(), () -> journal.artifact(module.digest()))
        .filter(by -> by.verdict() == Trust.Verdict.FIRST_PARTY)
        .isPresent();
  }
}
