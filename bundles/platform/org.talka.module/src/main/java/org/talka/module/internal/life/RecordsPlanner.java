/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Says what removing a module's records, or bringing them back, would do. */
final class RecordsPlanner {
  private final Journal journal;
  private final Records records;

  RecordsPlanner(Journal journal, Records records) {
    this.journal = journal;
    this.records = records;
  }

  static boolean isMeant(ModuleAction action) {
    return action == ModuleAction.PURGE || action == ModuleAction.IMPORT;
  }

  PlanBody purge(String module) {
    ModuleRecord record =
        journal
            .module(module)
            .orElseThrow(() -> DomainException.notFound("error.module.unknown", "module", module));
    if (record.state() == ModuleState.PURGED) {
      throw DomainException.conflict("error.module.state.purge", "module", module);
    }
    List<PlanBody.Block> blockers = new ArrayList<>();
    if (record.desired() != Desired.REMOVED) {
      blockers.add(
          new PlanBody.Block(
              Text.of("module.blocker.installed"), Text.of("module.remedy.installed")));
    }
    records
        .hold(module)
        .ifPresent(hold -> blockers.add(new PlanBody.Block(hold, Text.of("module.remedy.hold"))));
    List<Text> notes = new ArrayList<>();
    notes.add(amount(records.counts(module)));
    notes.add(Text.of("module.note.export"));
    return body(
        ModuleAction.PURGE,
        module,
        record.version(),
        "",
        record.digest(),
        record.titles(),
        notes,
        blockers);
  }

  /**
   * @param export the SHA-256 of the file
   */
  PlanBody bring(String export) {
    Records.Inspection found = records.inspect(export);
    Optional<ModuleRecord> record = journal.module(found.module());
    List<PlanBody.Block> blockers = new ArrayList<>();
    if (record.filter(known -> known.desired() != Desired.REMOVED).isPresent()) {
      blockers.add(
          new PlanBody.Block(
              Text.of("module.blocker.installed"), Text.of("module.remedy.installed")));
    }
    found
        .conflicts()
        .forEach(
            conflict ->
                blockers.add(new PlanBody.Block(conflict, Text.of("module.remedy.conflict"))));
    return body(
        ModuleAction.IMPORT,
        found.module(),
        "",
        found.version(),
        export,
        found.titles(),
        List.of(amount(found.counts()), Text.of("module.note.import")),
        blockers);
  }

  PlanBody again(PlanBody plan) {
    return plan.action() == ModuleAction.PURGE ? purge(plan.module()) : bring(plan.digest());
  }

  boolean holds(PlanBody plan) {
    try {
      return again(plan).equals(plan);
    } catch (DomainException impossible) {
      return false;
    }
  }

  /** What a person has to type to have a purge: the module's id, or its name in any language. */
  static boolean confirms(PlanBody plan, Optional<String> typed) {
    return typed
        .map(String::strip)
        .filter(
            name ->
                name.equalsIgnoreCase(plan.module())
                    || plan.titles().values().stream().anyMatch(name::equalsIgnoreCase))
        .isPresent();
  }

  private static Text amount(Map<String, Long> counts) {
    long tickets = counts.getOrDefault("ticket/tickets", 0L);
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return Text.of(
        "module.note.amount",
        "tickets",
        tickets,
        "comments",
        counts.getOrDefault("ticket/comments", 0L),
        "attachments",
        counts.getOrDefault("ticket/attachments", 0L),
        "links",
        counts.getOrDefault("ticket/links", 0L),
        "all",
        all);
  }

  private static PlanBody body(
      ModuleAction action,
      String module,
      String from,
      String to,
      String digest,
      Map<String, String> titles,
      List<Text> notes,
      List<PlanBody.Block> blockers) {
    return new PlanBody(
        action,
        module,
        from,
        to,
        from.isEmpty() ? to : from,
        digest,
        titles,
        Steps.of(action, false).stream().map(Steps::key).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        notes,
        List.of(),
        blockers,
        null,
        new PlanBody.Details(
            List.of(),
            List.of(),
            Offer.NOTHING,
            List.of(),
            Text.of("module.wayBack." + Views.lower(action)),
            List.of(),
            List.of()),
        List.of());
  }
}
