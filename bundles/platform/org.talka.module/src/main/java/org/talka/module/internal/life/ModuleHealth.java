/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.talka.api.module.HealthCheck;
import org.talka.api.text.Text;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/** Asks modules how they are, each at most once in a few seconds. */
final class ModuleHealth {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Extensions<HealthCheck> checks;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(Optional<Text> problem, long nanos) {}

  ModuleHealth(Gate gate) {
    checks = gate.open(HealthCheck.class);
  }

  void close() {
    checks.close();
  }

  /** What is wrong with the module; absent when it is well or says nothing of itself. */
  Optional<Text> problem(String module) {
    Answer last = answers.get(module);
    if (last == null || System.nanoTime() - last.nanos() > FRESH.toNanos()) {
      last = new Answer(ask(module), System.nanoTime());
      answers.put(module, last);
    }
    return last.problem();
  }

  private Optional<Text> ask(String module) {
    for (Extension<HealthCheck> check : checks.all()) {
      if (check.module().equals(module)) {
        AtomicReference<HealthCheck.Health> said = new AtomicReference<>();
        boolean told = check.tell(service -> said.set(service.check()));
        if (!told || said.get() == null) {
          return Optional.of(Text.of("module.reason.noHealth"));
        }
        if (!said.get().healthy()) {
          return Optional.of(said.get().message());
        }
      }
    }
    return Optional.empty();
  }
}
