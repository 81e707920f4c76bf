/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.internal.depend.Need;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Finds the modules that have to come into service before another can, and how they would. */
final class Companions {
  private final Journal journal;
  private final Dependencies dependencies;
  private final Catalogue catalogue;
  private final Activation activation;

  /** Plans how an archive comes into service. */
  @FunctionalInterface
  interface Activation {
    /**
     * @param way the modules for whose sake, the first one first
     */
    Planner.Planned plan(
        ModuleAction action,
        ModuleArchive archive,
        Optional<ModuleRecord> record,
        List<String> way);
  }

  /**
   * @param plans of other modules, each after those that it needs itself
   * @param archives that they would run
   * @param blockers why some can't be had
   */
  record Found(List<PlanBody> plans, List<ModuleArchive> archives, List<PlanBody.Block> blockers) {}

  /** One way of having a module that is needed. */
  private record Candidate(
      ModuleAction action, ModuleArchive archive, Optional<ModuleRecord> record) {}

  Companions(
      Journal journal, Dependencies dependencies, Catalogue catalogue, Activation activation) {
    this.journal = journal;
    this.dependencies = dependencies;
    this.catalogue = catalogue;
    this.activation = activation;
  }

  /**
   * @param way the modules for whose sake this is looked for, ending with the archive's own
   */
  Found find(ModuleArchive archive, List<String> way) {
    Map<String, PlanBody> plans = new LinkedHashMap<>();
    Map<String, ModuleArchive> archives = new LinkedHashMap<>();
    List<PlanBody.Block> blockers = new ArrayList<>();
    for (Need need : Need.of(Wiring.of(archive))) {
      Optional<ModuleRecord> record = journal.module(need.module());
      if (record.filter(Dependencies::runs).filter(known -> meets(need, known)).isPresent()) {
        continue;
      }
      if (way.contains(need.module())) {
        blockers.add(circle(way, need.module()));
        continue;
      }
      ModuleArchive chosen = archives.get(need.module());
      if (chosen != null && need.isMetBy(Wiring.of(chosen))) {
        continue;
      }
      Optional<Candidate> candidate = chosen == null ? candidate(need, record) : Optional.empty();
      if (candidate.isEmpty()) {
        blockers.add(lacking(need, record));
        continue;
      }
      Planner.Planned planned =
          activation.plan(
              candidate.get().action(),
              candidate.get().archive(),
              record,
              Stream.concat(way.stream(), Stream.of(need.module())).toList());
      planned.body().also().forEach(other -> plans.putIfAbsent(other.module(), other));
      plans.putIfAbsent(need.module(), planned.body().alone());
      planned.archives().forEach(other -> archives.putIfAbsent(other.id(), other));
      blockers.addAll(planned.body().blockers());
    }
    return new Found(
        List.copyOf(plans.values()),
        List.copyOf(archives.values()),
        blockers.stream().distinct().toList());
  }

  private boolean meets(Need need, ModuleRecord record) {
    return dependencies.wiring(record).filter(need::isMetBy).isPresent();
  }

  private Optional<Candidate> candidate(Need need, Optional<ModuleRecord> record) {
    boolean present = record.filter(known -> known.desired() != Desired.REMOVED).isPresent();
    if (present && meets(need, record.get())) {
      return record
          .filter(known -> known.quarantine().isEmpty())
          .flatMap(dependencies::archive)
          .map(archive -> new Candidate(ModuleAction.ENABLE, archive, record));
    }
    Optional<ModuleArchive> offered =
        catalogue.offered(need.module()).filter(offer -> need.isMetBy(Wiring.of(offer)));
    if (present) {
      return offered.map(archive -> new Candidate(ModuleAction.UPDATE, archive, record));
    }
    return offered
        .or(
            () ->
                record
                    .filter(known -> known.committedBy().isPresent())
                    .filter(known -> meets(need, known))
                    .flatMap(dependencies::archive))
        .map(archive -> new Candidate(ModuleAction.INSTALL, archive, record));
  }

  private static PlanBody.Block circle(List<String> way, String again) {
    List<String> circle = new ArrayList<>(way.subList(way.indexOf(again), way.size()));
    circle.add(again);
    return new PlanBody.Block(
        Text.of("module.blocker.circle", "modules", String.join(" → ", circle)),
        Text.of("module.remedy.circle"));
  }

  private static PlanBody.Block lacking(Need need, Optional<ModuleRecord> record) {
    boolean quarantined =
        record
            .filter(known -> known.desired() == Desired.ACTIVE)
            .flatMap(ModuleRecord::quarantine)
            .isPresent();
    return new PlanBody.Block(
        Text.of(
            quarantined ? "module.blocker.quarantined" : "module.blocker.module",
            "module",
            need.module()),
        Text.of(
            quarantined ? "module.remedy.quarantined" : "module.remedy.module",
            "module",
            need.module()));
  }
}
