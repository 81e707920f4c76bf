/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModulePlan;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.ModuleBundle;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.StoredPlan;

/** Makes plans, keeps them, and says whether they still hold. */
final class PlanDesk {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Journal journal;
  private final ModuleHost host;
  private final Intake intake;
  private final KeptArchives archives;
  private final Planner planner;
  private final Containment containment;
  private final Callers callers;
  private final Audit audit;
  private final Views views;
  private final Clock clock;

  PlanDesk(
      Journal journal,
      ModuleHost host,
      Intake intake,
      KeptArchives archives,
      Planner planner,
      Containment containment,
      Callers callers,
      Audit audit,
      Views views,
      Clock clock) {
    this.journal = journal;
    this.host = host;
    this.intake = intake;
    this.archives = archives;
    this.planner = planner;
    this.containment = containment;
    this.callers = callers;
    this.audit = audit;
    this.views = views;
    this.clock = clock;
  }

  Catalogue catalogue() {
    return intake.catalogue();
  }

  ModulePlan plan(ModuleAction action, String module, Optional<String> version, Locale locale) {
    return action == ModuleAction.PURGE
        ? keep(recordsPlanner().purge(module), locale)
        : keep(planner.plan(action, module, version), locale);
  }

  ModulePlan upload(String name, InputStream archive, Locale locale) {
    try {
      // one byte more than allowed, so that the reader sees that it is too much
      byte[] content = archive.readNBytes(ArchiveLimits.STANDARD.bytes() + 1);
      return keep(planner.bring(accept(name, content)), locale);
    } catch (IOException broken) {
      throw DomainException.malformed("error.module.upload");
    } catch (DomainException refusal) {
      audit.recordAlways(
          "module.refused",
          "archive:" + name.substring(0, Math.min(name.length(), 200)),
          Map.of("reason", views.text(LifeCycle.reason(refusal), Locale.ENGLISH)));
      throw refusal;
    }
  }

  /** Looks an archive through, whatever door it comes by. */
  ModuleArchive accept(String name, byte[] content) {
    ModuleArchive archive = intake.accept(name, content);
    for (ModuleBundle bundle : archive.bundles()) {
      if (host.isTaken(bundle.symbolicName(), archive.id())) {
        throw DomainException.invalid(
            "file", "error.module.archive.name", "name", bundle.symbolicName());
      }
    }
    journal
        .module(archive.id())
        .filter(known -> known.committedBy().isPresent())
        .flatMap(known -> journal.artifact(known.digest()))
        .ifPresent(before -> intake.checkSuccessor(archive, before));
    return archive;
  }

  ModulePlan kept(String digest, Locale locale) {
    ModuleArchive archive =
        archives.any(digest).orElseThrow(() -> DomainException.notFound("error.module.artifact"));
    return keep(planner.bring(archive), locale);
  }

  ModulePlan bringRecords(String export, Locale locale) {
    return keep(recordsPlanner().bring(export), locale);
  }

  private RecordsPlanner recordsPlanner() {
    Records records =
        containment
            .records()
            .orElseThrow(
                () ->
                    new DomainException(
                        ErrorKind.UNAVAILABLE,
                        Text.of("error.module.records"),
                        List.of(),
                        RETRY_AFTER));
    return new RecordsPlanner(journal, records);
  }

  /** Whether nothing has changed that the plan was made of. */
  boolean holds(PlanBody body, long platform) {
    return RecordsPlanner.isMeant(body.action())
        ? recordsPlanner().holds(body)
        : planner.holds(body, platform);
  }

  StoredPlan stored(String id) {
    return journal
        .plan(id)
        .orElseThrow(() -> DomainException.notFound("error.module.plan.unknown"));
  }

  private ModulePlan keep(PlanBody body, Locale locale) {
    return keep(new Planner.Planned(body, List.of(), host.platform()), locale);
  }

  private ModulePlan keep(Planner.Planned planned, Locale locale) {
    String id = UUID.randomUUID().toString();
    planned.archives().forEach(archive -> journal.store(archive.artifact(), clock.instant()));
    journal.save(
        new StoredPlan(
            id,
            planned.body().module(),
            planned.platform(),
            planned.body().write(),
            clock.instant(),
            callers.current().username(),
            Optional.empty()));
    return views.plan(id, planned.body(), locale);
  }
}
