/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/**
 * Watches new versions until their grace period is over. Looked through by one thread, a few times
 * a second; a fault counts when two looks in a row find one, so that a component which is just
 * being replaced is no reason to go back.
 */
final class Probation {
  private final Journal journal;
  private final Clock clock;
  private final Function<ModuleRecord, Optional<Text>> fault;
  private final BiConsumer<ModuleRecord, Text> failed;
  private final Consumer<ModuleRecord> passed;
  private final Map<String, Text> suspects = new HashMap<>();

  /**
   * @param fault what is wrong with a module now
   * @param failed is told of one that does not prove itself
   * @param passed is told of one that has
   */
  Probation(
      Journal journal,
      Clock clock,
      Function<ModuleRecord, Optional<Text>> fault,
      BiConsumer<ModuleRecord, Text> failed,
      Consumer<ModuleRecord> passed) {
    this.journal = journal;
    this.clock = clock;
    this.fault = fault;
    this.failed = failed;
    this.passed = passed;
  }

  /** One look at everything that is on probation. */
  void look() {
    List<ModuleRecord> proving =
        journal.modules().stream()
            .filter(module -> module.probationUntil().isPresent())
            .filter(module -> module.desired() == Desired.ACTIVE)
            .filter(module -> module.state() == ModuleState.ACTIVE)
            .toList();
    Set<String> ids = new HashSet<>();
    for (ModuleRecord module : proving) {
      ids.add(module.id());
      look(module);
    }
    suspects.keySet().retainAll(ids);
  }

  private void look(ModuleRecord module) {
    Optional<Text> found = fault.apply(module);
    if (found.isEmpty()) {
      suspects.remove(module.id());
      if (!clock.instant().isBefore(module.probationUntil().orElseThrow())) {
        passed.accept(module);
      }
    } else if (suspects.put(module.id(), found.get()) != null) {
      suspects.remove(module.id());
      failed.accept(module, found.get());
    }
  }
}
