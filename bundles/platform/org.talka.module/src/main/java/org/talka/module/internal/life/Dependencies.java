/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.depend.Need;
import org.talka.module.internal.depend.NeedGraph;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
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
  private final KeptArchives archives;
  private final Map<String, Optional<Wiring>> wirings =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Optional<Wiring>> eldest) {
              return size() > REMEMBERED;
            }
          });

  Dependencies(Journal journal, ModuleHost host, KeptArchives archives) {
    this.journal = journal;
    this.host = host;
    this.archives = archives;
  }

  /** What a module's archive needs of others. */
  List<Need> needs(ModuleRecord record) {
    return wiring(record).map(Need::of).orElse(List.of());
  }

  /** The archive that runs, or would. */
  Optional<ModuleArchive> archive(ModuleRecord record) {
    return archives.taken(record.digest());
  }

  /** What it needs and offers, remembered: it is asked for often. */
  Optional<Wiring> wiring(ModuleRecord record) {
    Optional<Wiring> known = wirings.get(record.digest());
    if (known == null) {
      known = archive(record).map(Wiring::of);
      wirings.put(record.digest(), known);
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
              .flatMap(this::wiring)
              .filter(need::isMetBy)
              .isPresent();
      if (!met) {
        lacking.add(need.module());
      }
    }
    host.providers(record.id()).stream()
        .filter(other -> journal.module(other).filter(Dependencies::runs).isEmpty())
        .forEach(lacking::add);
    return lacking.isEmpty() ? Optional.empty() : Optional.of(waits(String.join(", ", lacking)));
  }

  /** What else it needs and nobody here offers, for example after an update of the desk. */
  Optional<Text> missing(ModuleRecord record) {
    return wiring(record)
        .flatMap(wiring -> host.missing(wiring).stream().findFirst())
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
        (id, record) -> {
          Set<String> theirs = new TreeSet<>(host.providers(id));
          if (record.desired() != Desired.REMOVED) {
            needs(record).forEach(need -> theirs.add(need.module()));
          }
          needs.put(id, theirs);
        });
    return new NeedGraph(needs);
  }
}
