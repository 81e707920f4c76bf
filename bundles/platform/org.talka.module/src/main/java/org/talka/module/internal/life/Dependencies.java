/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.depend.Need;
import org.talka.module.internal.depend.NeedGraph;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/**
 * Who of the installed modules needs whom: by what their archives say, and by what their bundles
 * are wired to. Thread-safe.
 */
final class Dependencies {
  private static final String WAITS = "module.reason.needs";

  /** Reasons to wait that may pass, so that a module comes back by itself. */
  private static final Set<String> COME_BACK =
      Set.of(
          WAITS,
          "module.blocker.package",
          "module.blocker.packageVersion",
          "module.blocker.capability");

  /** How many archives are remembered: what runs and what it ran before. */
  private static final int REMEMBERED = 100;

  private final Journal journal;
  private final ModuleHost host;
  private final ArchiveReader reader;
  private final Map<String, Optional<ModuleArchive>> archives =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Optional<ModuleArchive>> eldest) {
              return size() > REMEMBERED;
            }
          });

  Dependencies(Journal journal, ModuleHost host, ArchiveReader reader) {
    this.journal = journal;
    this.host = host;
    this.reader = reader;
  }

  /** What a module's archive needs of others. */
  List<Need> needs(ModuleRecord record) {
    return archive(record).map(Need::of).orElse(List.of());
  }

  /** The archive that runs, or would. */
  Optional<ModuleArchive> archive(ModuleRecord record) {
    Optional<ModuleArchive> known = archives.get(record.digest());
    if (known == null) {
      known =
          journal
              .artifact(record.digest())
              .map(artifact -> reader.read(artifact.name(), artifact.content()));
      archives.put(record.digest(), known);
    }
    return known;
  }

  /** All modules that are known, each after everything that it needs. */
  List<String> order() {
    return graph(known()).order();
  }

  /** All that need it and are wanted, directly or not, each before everything that it needs. */
  List<String> dependents(String module) {
    Map<String, ModuleRecord> known = known();
    return graph(known).dependents(module).stream()
        .filter(id -> known.get(id).desired() == Desired.ACTIVE)
        .toList();
  }

  /** The modules that it needs, directly. */
  Set<String> providers(String module) {
    return journal
        .module(module)
        .map(record -> needs(record).stream().map(Need::module).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  /** Why a module can't run now: one that it needs does not, or not in a version that will do. */
  Optional<Text> unmet(ModuleRecord record) {
    Set<String> lacking = new LinkedHashSet<>();
    for (Need need : needs(record)) {
      boolean met =
          journal
              .module(need.module())
              .filter(Dependencies::runs)
              .flatMap(this::archive)
              .filter(need::isMetBy)
              .isPresent();
      if (!met) {
        lacking.add(need.module());
      }
    }
    wiredTo(record.id()).stream()
        .filter(other -> journal.module(other).filter(Dependencies::runs).isEmpty())
        .forEach(lacking::add);
    return lacking.isEmpty() ? Optional.empty() : Optional.of(waits(String.join(", ", lacking)));
  }

  /** The bundles of modules, with those by which they offer packages. */
  private List<ModuleHost.Hosted> bundles(Set<String> modules) {
    List<ModuleHost.Hosted> bundles = new ArrayList<>(host.hosted());
    modules.forEach(module -> bundles.addAll(host.apis(module)));
    return bundles;
  }

  /** Modules that it is wired to, whatever it says that it needs. */
  private Set<String> wiredTo(String user) {
    Set<String> known =
        journal.modules().stream().map(ModuleRecord::id).collect(Collectors.toSet());
    return bundles(known).stream()
        .filter(hosted -> host.dependents(hosted.bundle()).contains(user))
        .map(ModuleHost.Hosted::module)
        .collect(Collectors.toSet());
  }

  /** What else it needs and nobody here offers, for example after an update of the desk. */
  Optional<Text> missing(ModuleRecord record) {
    return archive(record)
        .flatMap(archive -> host.missing(archive).stream().findFirst())
        .map(Missing::what);
  }

  static Text waits(String modules) {
    return Text.of(WAITS, "modules", modules);
  }

  static boolean runs(ModuleRecord record) {
    return record.desired() == Desired.ACTIVE && record.state() == ModuleState.ACTIVE;
  }

  /** Whether it only waits for what it needs. */
  static boolean waits(ModuleRecord record) {
    return record.desired() == Desired.ACTIVE
        && record.state() == ModuleState.WAITING
        && record.reason().filter(reason -> COME_BACK.contains(reason.key())).isPresent();
  }

  private Map<String, ModuleRecord> known() {
    return journal.modules().stream()
        .collect(Collectors.toMap(ModuleRecord::id, record -> record, (a, b) -> a, TreeMap::new));
  }

  /** One that is on its way out, or gone, needs nobody, but may be needed. */
  private NeedGraph graph(Map<String, ModuleRecord> known) {
    Map<String, Set<String>> needs = new TreeMap<>();
    known.forEach(
        (id, record) ->
            needs.put(id, needs(record).stream().map(Need::module).collect(Collectors.toSet())));
    for (ModuleHost.Hosted hosted : bundles(known.keySet())) {
      for (String user : host.dependents(hosted.bundle())) {
        needs.computeIfPresent(
            user,
            (id, others) -> {
              others.add(hosted.module());
              return others;
            });
      }
    }
    return new NeedGraph(needs);
  }
}
