/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.module.HealthCheck;
import org.talka.api.text.Text;
import org.talka.gate.CircuitState;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/**
 * How modules are: what the gate saw of them, and what they say themselves. They are asked in the
 * background, each at most once in a few seconds, so that whoever wants to know never waits.
 */
public final class ModuleHealth {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST_THREADS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(ModuleHealth.class);

  private final Gate gate;
  private final Extensions<HealthCheck> checks;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_THREADS,
          30,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "talka-module-health");
            thread.setDaemon(true);
            return thread;
          });

  private record Answer(Optional<Text> problem, long nanos) {}

  ModuleHealth(Gate gate) {
    this.gate = gate;
    this.checks = gate.open(HealthCheck.class);
    checks.onChange(answers::clear);
  }

  void close() {
    threads.shutdownNow();
    checks.close();
  }

  /**
   * What is wrong with the module; absent when it is well, says nothing of itself or has not
   * answered yet. Does not block.
   */
  Optional<Text> problem(String module) {
    Optional<Text> circuit = openCircuit(module);
    if (circuit.isPresent()) {
      return circuit;
    }
    Answer last = answers.get(module);
    boolean stale = last == null || System.nanoTime() - last.nanos() > FRESH.toNanos();
    if (stale && asking.add(module)) {
      try {
        threads.execute(() -> ask(module));
      } catch (RejectedExecutionException busy) {
        asking.remove(module);
        LOG.debug("Module {} is asked a little later how it is", module, busy);
      }
    }
    return last == null ? Optional.empty() : last.problem();
  }

  private Optional<Text> openCircuit(String module) {
    return gate.report().stream()
        .filter(extension -> extension.module().equals(module))
        .filter(extension -> extension.circuit() != CircuitState.CLOSED)
        .findFirst()
        .map(ModuleHealth::circuit);
  }

  /** An extension that is not called, in words. */
  public static Text circuit(ExtensionReport extension) {
    return Text.of(
        "module.reason.circuit",
        "extension",
        extension.name().substring(extension.name().lastIndexOf('.') + 1),
        "point",
        extension.point(),
        "errors",
        extension.errors(),
        "overruns",
        extension.overruns());
  }

  private void ask(String module) {
    try {
      answers.put(module, new Answer(answer(module), System.nanoTime()));
    } catch (RuntimeException unexpected) {
      LOG.error("Module {} could not be asked how it is", module, unexpected);
    } finally {
      asking.remove(module);
    }
  }

  private Optional<Text> answer(String module) {
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
