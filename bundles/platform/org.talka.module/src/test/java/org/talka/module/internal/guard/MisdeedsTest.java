/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.talka.gate.CircuitState;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Harm;

class MisdeedsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Misdeeds misdeeds = new Misdeeds(new Settings());

  private static ExtensionReport report(String name, CircuitState state, int stuck) {
    return new ExtensionReport(
        "TicketGuard", "bad", "org.example." + name, true, 9, 5, 1, 0, 7, stuck, state, 1, 0);
  }

  private String verdict() {
    return misdeeds.verdict().map(text -> text.key()).orElse("");
  }

  @Test
  void aModuleGoesWhenOneExtensionIsGivenUpTooOften() {
    misdeeds.circuit(report("A", CircuitState.OPEN, 0), NOW);
    misdeeds.circuit(report("A", CircuitState.CLOSED, 0), NOW);
    misdeeds.circuit(report("A", CircuitState.OPEN, 0), NOW.plusSeconds(1));
    misdeeds.circuit(report("B", CircuitState.OPEN, 0), NOW.plusSeconds(2));
    assertEquals("", verdict());
    misdeeds.circuit(report("A", CircuitState.OPEN, 0), NOW.plusSeconds(3));
    assertEquals("module.reason.keepsFailing", verdict());
    assertEquals("A", misdeeds.verdict().orElseThrow().args().get("extension"));
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    for (int i = 0; i < 10; i++) {
      misdeeds.circuit(report("A", CircuitState.OPEN, 0), NOW.plusSeconds(40L * i));
    }
    assertEquals("", verdict());
  }

  @Test
  void oneAttemptToEndTheServerIsEnough() {
    misdeeds.harm(Harm.EXIT, "System.exit(0)", NOW);
    assertEquals("module.reason.exit", verdict());
    misdeeds.harm(Harm.STUCK, "4", NOW);
    assertEquals("module.reason.exit", verdict());
  }

  @Test
  void aFloodMayHappenButNotGoOn() {
    misdeeds.harm(Harm.FLOOD, "> 100/s", NOW);
    misdeeds.harm(Harm.FLOOD, "> 100/s", NOW.plusSeconds(90));
    assertTrue(misdeeds.verdict().isEmpty());
    misdeeds.harm(Harm.FLOOD, "> 100/s", NOW.plusSeconds(91));
    assertEquals("module.reason.flood", verdict());
  }

  @Test
  void callsThatHangAreTooManyAtSomePoint() {
    misdeeds.stuck(report("A", CircuitState.OPEN, 1), 8);
    assertEquals("", verdict());
    misdeeds.stuck(report("A", CircuitState.OPEN, 2), 8);
    assertEquals("module.reason.hangs", verdict());
  }

  @Test
  void moreThreadsThanItMayKeepRunningAreTooMany() {
    misdeeds.threads(List.of("a", "b"));
    assertEquals("", verdict());
    misdeeds.threads(List.of("a", "b", "c"));
    assertEquals("module.reason.threads", verdict());
  }

  private record Settings() implements GuardSettings {
    @Override
    public int openings() {
      return 3;
    }

    @Override
    public int openings_window() {
      return 60;
    }

    @Override
    public int stuck() {
      return 2;
    }

    @Override
    public int floods() {
      return 2;
    }

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public int memory() {
      return 80;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return GuardSettings.class;
    }
  }
}
