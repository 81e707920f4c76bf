/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.talka.gate.CircuitState;
import org.talka.gate.internal.Circuit.Outcome;
import org.talka.gate.internal.Circuit.Pass;

class CircuitTest {
  private static final CircuitRules RULES =
      new CircuitRules(6, 3, 6, Duration.ofSeconds(1), Duration.ofSeconds(4), 2);

  private long now;
  private final Circuit circuit = new Circuit(RULES, () -> now);

  private void calls(Outcome... outcomes) {
    for (Outcome outcome : outcomes) {
      circuit.left(circuit.enter(), outcome);
    }
  }

  private void later(Duration time) {
    now += time.toNanos();
  }

  @Test
  void opensAfterTooManyFailuresAmongTheLatestCalls() {
    calls(Outcome.FAILED, Outcome.FAILED, Outcome.FINE);
    assertEquals(CircuitState.CLOSED, circuit.state());
    calls(Outcome.FAILED);
    assertEquals(CircuitState.OPEN, circuit.state());
    assertEquals(Pass.NONE, circuit.enter());
  }

  @Test
  void forgetsFailuresThatWereLongAgo() {
    for (int i = 0; i < 10; i++) {
      calls(Outcome.FAILED, Outcome.FAILED);
      calls(Outcome.FINE, Outcome.FINE, Outcome.FINE, Outcome.FINE, Outcome.FINE, Outcome.FINE);
    }
    assertEquals(CircuitState.CLOSED, circuit.state());
  }

  @Test
  void addsUpFailuresAndOverruns() {
    calls(Outcome.LATE, Outcome.LATE, Outcome.FAILED, Outcome.LATE);
    assertEquals(CircuitState.CLOSED, circuit.state());
    calls(Outcome.LATE);
    assertEquals(CircuitState.OPEN, circuit.state());
  }

  @Test
  void opensAtOnceForACallThatDoesNotComeBack() {
    calls(Outcome.STUCK);
    assertEquals(CircuitState.OPEN, circuit.state());
  }

  @Test
  void isNotConcernedByWhatIsNobodysFault() {
    for (int i = 0; i < 50; i++) {
      calls(Outcome.NEUTRAL);
    }
    assertEquals(CircuitState.CLOSED, circuit.state());
  }

  @Test
  void waitsTwiceAsLongAfterEachProbeThatFails() {
    calls(Outcome.STUCK);
    for (int seconds : List.of(1, 2, 4, 4)) {
      later(Duration.ofSeconds(seconds).minusNanos(1));
      assertFalse(circuit.passable());
      assertEquals(Pass.NONE, circuit.enter());
      later(Duration.ofNanos(1));
      assertTrue(circuit.passable());
      assertEquals(Pass.PROBE, circuit.enter());
      assertFalse(circuit.passable());
      assertEquals(Pass.NONE, circuit.enter());
      circuit.left(Pass.PROBE, Outcome.FAILED);
    }
    assertEquals(5, circuit.openings());
  }

  @Test
  void closesAfterEnoughGoodProbesAndStartsWithAShortPauseAgain() {
    calls(Outcome.STUCK);
    later(Duration.ofSeconds(1));
    calls(Outcome.FAILED);
    later(Duration.ofSeconds(2));
    calls(Outcome.FINE, Outcome.FINE);
    assertEquals(CircuitState.CLOSED, circuit.state());
    calls(Outcome.STUCK);
    later(Duration.ofSeconds(1));
    assertEquals(Pass.PROBE, circuit.enter());
  }

  @Test
  void doesNotJudgeCallsThatWentInBeforeItOpened() {
    Pass slow = circuit.enter();
    calls(Outcome.STUCK);
    later(Duration.ofSeconds(1));
    assertEquals(Pass.PROBE, circuit.enter());
    assertFalse(circuit.left(slow, Outcome.FAILED));
    assertEquals(CircuitState.HALF_OPEN, circuit.state());
  }

  /** Whatever happens in whatever order, with up to several calls under way at once. */
  @Property(tries = 500)
  void neverReachesAnIllegalState(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 99) Integer> steps) {
    // all tries share this object
    now = 0;
    Circuit circuit = new Circuit(RULES, () -> now);
    Deque<Pass> under = new ArrayDeque<>();
    List<Outcome> judged = new ArrayList<>();
    long openedAt = 0;
    Outcome[] outcomes = Outcome.values();
    for (int step : steps) {
      CircuitState before = circuit.state();
      int openings = circuit.openings();
      if (step < 50) {
        Pass pass = circuit.enter();
        if (before == CircuitState.CLOSED) {
          assertEquals(Pass.CALL, pass);
        }
        if (pass == Pass.PROBE) {
          assertEquals(0, under.stream().filter(p -> p == Pass.PROBE).count(), "one at a time");
          assertTrue(now - openedAt >= RULES.pause().toNanos(), "only after the pause");
        }
        if (pass != Pass.NONE) {
          under.addLast(pass);
        }
      } else if (step < 90 && !under.isEmpty()) {
        Pass pass = step % 2 == 0 ? under.pollFirst() : under.pollLast();
        Outcome outcome = outcomes[step % outcomes.length];
        boolean changed = circuit.left(pass, outcome);
        CircuitState after = circuit.state();
        assertEquals(before != after, changed, "says when it changes");
        if (pass == Pass.CALL && before == CircuitState.CLOSED) {
          judged.add(outcome);
        }
        if (before == CircuitState.CLOSED && after == CircuitState.OPEN) {
          assertTrue(tooMuch(judged), "opens only for a reason: " + judged);
        }
        if (after == CircuitState.CLOSED && before != after) {
          assertEquals(Pass.PROBE, pass, "a probe closes it");
          assertEquals(Outcome.FINE, outcome);
        }
        if (after == CircuitState.OPEN && before != after) {
          judged.clear();
          openedAt = now;
          assertEquals(openings + 1, circuit.openings());
        } else {
          assertEquals(openings, circuit.openings());
        }
      } else {
        now += Duration.ofMillis(step * 20L).toNanos();
      }
    }
    under.forEach(pass -> circuit.left(pass, Outcome.FINE));
    now += RULES.longestPause().toNanos();
    for (int i = 0; i < RULES.probes(); i++) {
      circuit.left(circuit.enter(), Outcome.FINE);
    }
    assertEquals(CircuitState.CLOSED, circuit.state(), "what is well is called again");
  }

  private static boolean tooMuch(List<Outcome> judged) {
    List<Outcome> counted = judged.stream().filter(o -> o != Outcome.NEUTRAL).toList();
    List<Outcome> latest =
        counted.subList(Math.max(0, counted.size() - RULES.recent()), counted.size());
    double failed = latest.stream().filter(o -> o == Outcome.FAILED).count();
    double late = latest.stream().filter(o -> o == Outcome.LATE).count();
    boolean stuck = latest.get(latest.size() - 1) == Outcome.STUCK;
    return stuck || failed / RULES.errors() + late / RULES.overruns() >= 1;
  }
}
