/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.Trust;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Says what an action would do, without doing any of it. */
final class Planner {
  private final Journal journal;
  private final ModuleHost host;
  private final Intake intake;
  private final Catalogue catalogue;
  private final KeptArchives archives;
  private final Dependencies dependencies;
  private final Companions companions;

  Planner(
      Journal journal,
      ModuleHost host,
      Intake intake,
      KeptArchives archives,
      Dependencies dependencies) {
    this.journal = journal;
    this.host = host;
    this.intake = intake;
    this.catalogue = intake.catalogue();
    this.archives = archives;
    this.dependencies = dependencies;
    this.companions = new Companions(journal, dependencies, catalogue, this::activate);
  }

  /**
   * @param archives what would run
   * @param platform tells the desk's bundles, as they were before the planning, from any others
   */
  record Planned(PlanBody body, List<ModuleArchive> archives, long platform) {}

  Planned plan(ModuleAction action, String module, Optional<String> version) {
    return switch (action) {
      case INSTALL -> install(module, version);
      case UPDATE -> update(module, version);
      case ROLLBACK -> rollback(module);
      case ENABLE -> enable(module);
      case DISABLE, UNINSTALL -> end(action, module);
      case PURGE, IMPORT, QUARANTINE, CONTRACT ->
          throw DomainException.invalid(
              "action", "error.module.plan.action", "action", Views.lower(action));
    };
  }

  /** Whether nothing has changed that the plan was made of. */
  boolean holds(PlanBody body, long platform) {
    try {
      return host.platform() == platform && again(body).equals(body);
    } catch (DomainException impossible) {
      return false;
    }
  }

  private PlanBody again(PlanBody body) {
    return switch (body.action()) {
      case INSTALL, UPDATE -> {
        Optional<ModuleRecord> record = journal.module(body.module());
        boolean present = record.filter(known -> known.desired() != Desired.REMOVED).isPresent();
        if (present != (body.action() == ModuleAction.UPDATE)) {
          throw DomainException.conflict("error.module.plan.stale");
        }
        yield activate(body.action(), kept(body.digest()), record).body();
      }
      default -> plan(body.action(), body.module(), Optional.empty()).body();
    };
  }

  /** Takes over what somebody else installed. */
  Planned adopt(ModuleArchive archive) {
    return activate(ModuleAction.INSTALL, archive, journal.module(archive.id()));
  }

  /** Whatever brings this archive into service: an installation, or an update of what runs. */
  Planned bring(ModuleArchive archive) {
    Optional<ModuleRecord> record = journal.module(archive.id());
    boolean runs = record.filter(known -> known.desired() == Desired.ACTIVE).isPresent();
    if (runs && record.get().digest().equals(archive.digest())) {
      throw DomainException.conflict("error.module.same", "module", archive.id());
    }
    boolean present = record.filter(known -> known.desired() != Desired.REMOVED).isPresent();
    Planned planned =
        activate(present ? ModuleAction.UPDATE : ModuleAction.INSTALL, archive, record);
    if (present && isOlder(archive.version(), record.get().version())) {
      // the tables of the newer version are there already: that is what a roll-back looks at
      PlanBody.Block older =
          new PlanBody.Block(
              Text.of(
                  "module.blocker.older",
                  "version",
                  archive.version(),
                  "newer",
                  record.get().version()),
              Text.of("module.remedy.older"));
      return new Planned(
          planned.body().after(planned.body().also(), List.of(older)),
          planned.archives(),
          planned.platform());
    }
    return planned;
  }

  private Planned install(String module, Optional<String> version) {
    Optional<ModuleRecord> record = journal.module(module);
    if (record.filter(known -> known.desired() != Desired.REMOVED).isPresent()) {
      throw wrongState(ModuleAction.INSTALL, record.get());
    }
    return activate(ModuleAction.INSTALL, offered(module, version, record), record);
  }

  private Planned update(String module, Optional<String> version) {
    ModuleRecord record = present(ModuleAction.UPDATE, module);
    ModuleArchive archive = offered(module, version, Optional.of(record));
    if (archive.digest().equals(record.digest())) {
      throw DomainException.conflict("error.module.same", "module", module);
    }
    if (version.isEmpty() && isOlder(archive.version(), record.version())) {
      throw DomainException.conflict(
          "error.module.newest", "module", module, "version", record.version());
    }
    return activate(ModuleAction.UPDATE, archive, Optional.of(record));
  }

  private static boolean isOlder(String version, String than) {
    return new Version(version).compareTo(new Version(than)) < 0;
  }

  private Planned rollback(String module) {
    ModuleRecord record = present(ModuleAction.ROLLBACK, module);
    ModuleRecord.Previous previous =
        record
            .previous()
            .orElseThrow(
                () -> DomainException.conflict("error.module.noPrevious", "module", module));
    return activate(ModuleAction.ROLLBACK, kept(previous.digest()), Optional.of(record));
  }

  private Planned enable(String module) {
    ModuleRecord record = known(module);
    boolean again = record.desired() == Desired.ACTIVE && record.state() != ModuleState.ACTIVE;
    if (record.desired() != Desired.DISABLED && !again) {
      throw wrongState(ModuleAction.ENABLE, record);
    }
    return activate(ModuleAction.ENABLE, kept(record.digest()), Optional.of(record));
  }

  private Planned end(ModuleAction action, String module) {
    ModuleRecord record = present(action, module);
    if (action == ModuleAction.DISABLE && record.desired() != Desired.ACTIVE) {
      throw wrongState(action, record);
    }
    long platform = host.platform();
    List<String> users = dependencies.dependents(module);
    List<Text> notes = new ArrayList<>(List.of(Text.of("module.note.records")));
    if (!users.isEmpty()) {
      notes.add(Text.of("module.note.wait", "modules", String.join(", ", users)));
    }
    return new Planned(
        new PlanBody(
            action,
            module,
            record.version(),
            "",
            record.version(),
            record.digest(),
            record.titles(),
            Steps.of(action, false).stream().map(Steps::key).toList(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            notes,
            users,
            strangers(module),
            null,
            ending(action, record),
            List.of()),
        List.of(),
        platform);
  }

  private Planned activate(
      ModuleAction action, ModuleArchive archive, Optional<ModuleRecord> record) {
    return activate(action, archive, record, List.of(archive.id()));
  }

  private Planned activate(
      ModuleAction action, ModuleArchive archive, Optional<ModuleRecord> record, List<String> way) {
    long platform = host.platform();
    Optional<ModuleRecord> running = record.filter(known -> known.desired() == Desired.ACTIVE);
    boolean replaces =
        record
            .filter(known -> known.desired() != Desired.REMOVED)
            .filter(known -> !known.digest().equals(archive.digest()))
            .isPresent();
    List<PlanBody.Block> blockers = new ArrayList<>();
    List<ModuleHost.Change> changes = changes(archive, blockers);
    Offer now = running.flatMap(this::offer).orElse(Offer.NOTHING);
    Offer then = Offer.of(archive);
    Offer adds = then.without(now);
    Companions.Found also = companions.find(archive, way);
    for (Missing missing :
        host.missing(Wiring.of(archive), also.archives().stream().map(Wiring::of).toList())) {
      blockers.add(new PlanBody.Block(missing.what(), missing.remedy()));
    }
    List<String> users = replaces ? dependencies.dependents(archive.id()) : List.of();
    users.forEach(user -> outgrown(user, archive).ifPresent(blockers::add));
    if (replaces) {
      blockers.addAll(strangers(archive.id()));
    }
    intake
        .objection(archive)
        .ifPresent(
            why -> blockers.add(new PlanBody.Block(why, Text.of("module.remedy.signature"))));
    Trust.Assessment by = intake.verify(archive);
    return new Planned(
        new PlanBody(
                action,
                archive.id(),
                running.map(ModuleRecord::version).orElse(""),
                archive.version(),
                archive.version(),
                archive.digest(),
                archive.titles(),
                Steps.of(action, replaces).stream().map(Steps::key).toList(),
                Offer.labels(adds.ticketTypes()),
                Offer.labels(adds.permissions()),
                Offer.labels(adds.navigation()),
                List.copyOf(adds.resources().keySet()),
                changes.stream()
                    .filter(change -> !change.contract())
                    .map(ModuleHost.Change::description)
                    .toList(),
                notes(archive, running.isPresent(), changes, users),
                users,
                blockers,
                new PlanBody.Signature(by.verdict().name(), by.text()),
                new PlanBody.Details(
                    bundles(archive, record),
                    changes,
                    now.without(then),
                    then.declared(),
                    wayBack(running, changes),
                    more(archive, record),
                    Offer.labels(adds.frames())),
                List.of())
            .after(also.plans(), also.blockers()),
        Stream.concat(also.archives().stream(), Stream.of(archive)).toList(),
        platform);
  }

  /**
   * What it wants beyond what the version before it was let do. At a first installation the plan
   * itself says what it wants.
   */
  private List<String> more(ModuleArchive archive, Optional<ModuleRecord> record) {
    return record
        .filter(known -> known.committedBy().isPresent())
        .filter(known -> !known.digest().equals(archive.digest()))
        .flatMap(dependencies::archive)
        .map(
            before ->
                archive.descriptor().wants().stream()
                    .filter(want -> !before.descriptor().wants().contains(want))
                    .toList())
        .orElse(List.of());
  }

  private List<Text> notes(
      ModuleArchive archive,
      boolean replaces,
      List<ModuleHost.Change> changes,
      List<String> users) {
    List<Text> notes = new ArrayList<>();
    notes.add(Text.of(replaces ? "module.note.pause" : "module.note.nobody"));
    if (!users.isEmpty()) {
      notes.add(Text.of("module.note.pauseToo", "modules", String.join(", ", users)));
    }
    intake.warning(archive).ifPresent(notes::add);
    for (String want : archive.descriptor().wants()) {
      notes.add(Text.of("module.wants." + want));
    }
    List<String> lasting =
        changes.stream()
            .filter(change -> !change.contract() && !change.undoable())
            .map(ModuleHost.Change::description)
            .toList();
    if (!lasting.isEmpty()) {
      notes.add(Text.of("module.note.lasting", "changes", String.join("; ", lasting)));
    }
    return notes;
  }

  /** What has not been made in this database; a blocker if it can't be told. */
  private List<ModuleHost.Change> changes(ModuleArchive archive, List<PlanBody.Block> blockers) {
    try {
      return host.pending(archive);
    } catch (StepFailure edited) {
      blockers.add(new PlanBody.Block(edited.reason(), Text.of("module.remedy.changes")));
      return List.of();
    }
  }

  private Optional<Offer> offer(ModuleRecord record) {
    return read(record).map(Offer::of);
  }

  private Optional<ModuleArchive> read(ModuleRecord record) {
    return archives.taken(record.digest());
  }

  private static Text wayBack(Optional<ModuleRecord> running, List<ModuleHost.Change> changes) {
    if (running.isEmpty()) {
      return Text.of("module.wayBack.none");
    }
    List<String> contracts =
        changes.stream()
            .filter(ModuleHost.Change::contract)
            .map(ModuleHost.Change::description)
            .toList();
    return contracts.isEmpty()
        ? Text.of("module.wayBack.open", "version", running.get().version())
        : Text.of(
            "module.wayBack.closes",
            "version",
            running.get().version(),
            "changes",
            String.join("; ", contracts));
  }

  /** Old bundles end before the new one starts; both are the module's own. */
  private List<PlanBody.BundleChange> bundles(
      ModuleArchive archive, Optional<ModuleRecord> record) {
    List<PlanBody.BundleChange> changes = new ArrayList<>();
    String name = archive.symbolicName();
    List<ModuleHost.Hosted> present = hosted(archive.id());
    boolean there =
        record.isPresent()
            && record.get().digest().equals(archive.digest())
            && present.stream().anyMatch(b -> b.location().equals(record.get().location()));
    List<ModuleHost.Hosted> old =
        present.stream()
            .filter(b -> !there || !b.location().equals(record.get().location()))
            .toList();
    changes.addAll(ApiChange.of(host, archive).lines(record.flatMap(this::read)));
    if (!there) {
      changes.add(new PlanBody.BundleChange("install", name, archive.version()));
    }
    for (ModuleHost.Hosted other : old) {
      if (other.running()) {
        changes.add(new PlanBody.BundleChange("stop", name, other.version()));
      }
    }
    if (present.stream().noneMatch(b -> there && !old.contains(b) && b.running())) {
      changes.add(new PlanBody.BundleChange("start", name, archive.version()));
    }
    for (ModuleHost.Hosted other : old) {
      changes.add(new PlanBody.BundleChange("uninstall", name, other.version()));
      changes.add(new PlanBody.BundleChange("refresh", name, other.version()));
    }
    return changes;
  }

  private List<ModuleHost.Hosted> hosted(String module) {
    return host.hosted().stream().filter(hosted -> hosted.module().equals(module)).toList();
  }

  private PlanBody.Details ending(ModuleAction action, ModuleRecord record) {
    Optional<ModuleArchive> archive = read(record);
    String name = archive.map(ModuleArchive::symbolicName).orElse(record.id());
    List<PlanBody.BundleChange> changes = new ArrayList<>();
    for (ModuleHost.Hosted hosted : hosted(record.id())) {
      if (hosted.running()) {
        changes.add(new PlanBody.BundleChange("stop", name, hosted.version()));
      }
      if (action == ModuleAction.UNINSTALL) {
        changes.add(new PlanBody.BundleChange("uninstall", name, hosted.version()));
        changes.add(new PlanBody.BundleChange("refresh", name, hosted.version()));
      }
    }
    if (action == ModuleAction.UNINSTALL) {
      changes.addAll(ApiChange.ending(host, record.id(), archive));
    }
    boolean runs = record.desired() == Desired.ACTIVE;
    return new PlanBody.Details(
        changes,
        List.of(),
        runs ? archive.map(Offer::of).orElse(Offer.NOTHING) : Offer.NOTHING,
        List.of(),
        Text.of("module.wayBack." + Views.lower(action)),
        List.of(),
        List.of());
  }

  /** What is no module and would be rewired with it: that is refused. */
  private List<PlanBody.Block> strangers(String module) {
    return Stream.concat(hosted(module).stream(), host.apis(module).stream())
        .flatMap(hosted -> host.strangers(hosted.bundle()).stream())
        .distinct()
        .map(
            user ->
                new PlanBody.Block(
                    Text.of("module.blocker.user", "user", user),
                    Text.of("module.remedy.user", "user", user)))
        .toList();
  }

  /** Another module that this version would not do for. */
  private Optional<PlanBody.Block> outgrown(String user, ModuleArchive archive) {
    return journal
        .module(user)
        .filter(
            record ->
                dependencies.needs(record).stream()
                    .filter(need -> need.module().equals(archive.id()))
                    .anyMatch(need -> !need.isMetBy(Wiring.of(archive))))
        .map(
            record ->
                new PlanBody.Block(
                    Text.of("module.blocker.outgrown", "module", user),
                    Text.of("module.remedy.outgrown", "module", user)));
  }

  private ModuleRecord known(String module) {
    return journal
        .module(module)
        .orElseThrow(() -> DomainException.notFound("error.module.unknown", "module", module));
  }

  private ModuleRecord present(ModuleAction action, String module) {
    ModuleRecord record = known(module);
    if (record.desired() == Desired.REMOVED) {
      throw wrongState(action, record);
    }
    return record;
  }

  private static DomainException wrongState(ModuleAction action, ModuleRecord record) {
    return DomainException.conflict(
        "error.module.state." + action.name().toLowerCase(java.util.Locale.ROOT),
        "module",
        record.id());
  }

  /** From the catalogue, or from what was uploaded before. */
  private ModuleArchive offered(
      String module, Optional<String> version, Optional<ModuleRecord> record) {
    Optional<ModuleArchive> offer =
        catalogue
            .offered(module)
            .filter(archive -> version.isEmpty() || version.get().equals(archive.version()));
    if (offer.isPresent()) {
      return offer.get();
    }
    return record
        .filter(known -> known.committedBy().isPresent())
        .filter(known -> version.isEmpty() || version.get().equals(known.version()))
        .map(known -> kept(known.digest()))
        .orElseThrow(() -> notHere(module, version, record));
  }

  private DomainException notHere(
      String module, Optional<String> version, Optional<ModuleRecord> record) {
    boolean known = record.isPresent() || catalogue.offered(module).isPresent();
    return known && version.isPresent()
        ? DomainException.notFound(
            "error.module.version", "module", module, "version", version.get())
        : DomainException.notFound("error.module.unknown", "module", module);
  }

  private ModuleArchive kept(String digest) {
    return archives
        .taken(digest)
        .orElseThrow(() -> DomainException.conflict("error.module.artifact"));
  }
}
