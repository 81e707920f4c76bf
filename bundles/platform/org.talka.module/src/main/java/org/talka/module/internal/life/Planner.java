/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleDescriptor;
import org.talka.module.ModuleState;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.Trust;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Says what an action would do, without doing any of it. */
final class Planner {
  private final Journal journal;
  private final ModuleHost host;
  private final Catalogue catalogue;
  private final Trust trust;
  private final ArchiveReader reader;

  Planner(
      Journal journal, ModuleHost host, Catalogue catalogue, Trust trust, ArchiveReader reader) {
    this.journal = journal;
    this.host = host;
    this.catalogue = catalogue;
    this.trust = trust;
    this.reader = reader;
  }

  /**
   * @param archive what would run, absent when nothing new would
   */
  record Planned(PlanBody body, Optional<ModuleArchive> archive) {}

  Planned plan(ModuleAction action, String module, Optional<String> version) {
    return switch (action) {
      case INSTALL -> install(module, version);
      case UPDATE -> update(module, version);
      case ROLLBACK -> rollback(module);
      case ENABLE -> enable(module);
      case DISABLE, UNINSTALL -> end(action, module);
      case PURGE -> throw DomainException.conflict("error.module.purge", "module", module);
    };
  }

  /** Whatever brings this archive into service: an installation, or an update of what runs. */
  Planned bring(ModuleArchive archive) {
    Optional<ModuleRecord> record = journal.module(archive.id());
    boolean runs = record.filter(known -> known.desired() == Desired.ACTIVE).isPresent();
    if (runs && record.get().digest().equals(archive.digest())) {
      throw DomainException.conflict("error.module.same", "module", archive.id());
    }
    boolean present = record.filter(known -> known.desired() != Desired.REMOVED).isPresent();
    return activate(present ? ModuleAction.UPDATE : ModuleAction.INSTALL, archive, record);
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
    List<String> users = users(module);
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
            List.of(Text.of("module.note.records")),
            users,
            blocks(users)),
        Optional.empty());
  }

  private Planned activate(
      ModuleAction action, ModuleArchive archive, Optional<ModuleRecord> record) {
    Optional<ModuleRecord> running = record.filter(known -> known.desired() == Desired.ACTIVE);
    boolean replaces =
        record
            .filter(known -> known.desired() != Desired.REMOVED)
            .filter(known -> !known.digest().equals(archive.digest()))
            .isPresent();
    List<PlanBody.Block> blockers = new ArrayList<>();
    for (ModuleHost.Missing missing : host.missing(archive)) {
      blockers.add(new PlanBody.Block(missing.what(), missing.remedy()));
    }
    List<String> users = running.map(known -> users(known.id())).orElse(List.of());
    blockers.addAll(blocks(users));
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
            ticketTypes(archive),
            permissions(archive),
            navigation(archive),
            archive.restBases().stream().map(base -> "/api/v1/" + base).toList(),
            changes(archive, record),
            notes(archive, running.isPresent()),
            users,
            blockers),
        Optional.of(archive));
  }

  private List<Text> notes(ModuleArchive archive, boolean replaces) {
    List<Text> notes = new ArrayList<>();
    notes.add(Text.of(replaces ? "module.note.pause" : "module.note.nobody"));
    if (trust.verify(archive) == Trust.Verdict.UNSIGNED) {
      notes.add(Text.of("module.note.unsigned"));
    }
    for (String want : archive.descriptor().wants()) {
      notes.add(Text.of("module.wants." + want));
    }
    return notes;
  }

  /** Changes that the version which ran here last did not bring. */
  private List<String> changes(ModuleArchive archive, Optional<ModuleRecord> record) {
    List<String> fresh = new ArrayList<>();
    Map<String, String> known =
        record
            .filter(last -> last.committedBy().isPresent())
            .flatMap(last -> journal.artifact(last.digest()))
            .map(artifact -> reader.read(artifact.name(), artifact.content()).changeSets())
            .orElse(Map.of());
    archive
        .changeSets()
        .forEach(
            (id, says) -> {
              if (!known.containsKey(id)) {
                fresh.add(says);
              }
            });
    return fresh;
  }

  /** Others that are wired to its bundle and would be restarted with it. */
  private List<String> users(String module) {
    return host.hosted().stream()
        .filter(hosted -> hosted.module().equals(module))
        .flatMap(hosted -> host.dependents(hosted.bundle()).stream())
        .distinct()
        .toList();
  }

  /** That is refused: an operation touches nothing but its own module. */
  private static List<PlanBody.Block> blocks(List<String> users) {
    return users.stream()
        .map(
            user ->
                new PlanBody.Block(
                    Text.of("module.blocker.user", "user", user),
                    Text.of("module.remedy.user", "user", user)))
        .toList();
  }

  private static List<Map<String, String>> ticketTypes(ModuleArchive archive) {
    return archive.descriptor().ticketTypes().stream()
        .map(type -> archive.words("type." + type.key() + ".plural", type.key()))
        .toList();
  }

  private static List<Map<String, String>> permissions(ModuleArchive archive) {
    return archive.descriptor().permissions().stream()
        .map(ModuleDescriptor.PermissionDefinition::key)
        .map(key -> archive.words("permission." + key, key))
        .toList();
  }

  private static List<Map<String, String>> navigation(ModuleArchive archive) {
    return archive.descriptor().ui().stream()
        .filter(contribution -> contribution.point().equals("nav"))
        .map(contribution -> archive.words("ui." + contribution.key(), contribution.key()))
        .toList();
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
    return journal
        .artifact(digest)
        .map(artifact -> reader.read(artifact.name(), artifact.content()))
        .orElseThrow(() -> DomainException.conflict("error.module.artifact"));
  }
}
