/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.module.ModuleState;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.declare.DescriptorReader;
import org.talka.module.internal.guard.PageFaults.Fault;
import org.talka.module.internal.guard.PageFaults.Part;
import org.talka.module.internal.text.Words;

class PageFaultsTest {
  private static final Part PANEL = new Part("maps", "ticket.panel", "maps.map");
  private static final String VERSION = "1.0.0";

  private final DeclarationRegistry registry = new DeclarationRegistry(new Words());
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final PageFaults faults = new PageFaults(registry, new Hands());

  private final class Hands extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void declare() throws IOException {
    String descriptor =
        """
        {"id": "maps", "ui": [{"point": "ticket.panel", "key": "maps.map", "script": "map.js"}]}
        """;
    registry.declare(
        7,
        new DeclarationRegistry.Declared(
            DescriptorReader.read(
                new ByteArrayInputStream(descriptor.getBytes(StandardCharsets.UTF_8)),
                VERSION,
                true),
            VERSION));
    registry.addWatcher(faults);
    registry.addWatcher((generation, module, state) -> told.add(module + " " + state));
  }

  @Test
  void aPartThatFailsThreeTimesInTenMinutesIsFlaggedAndToldOnce() {
    faults.report("anna", PANEL, VERSION, "x is undefined");
    faults.report("bruno", PANEL, VERSION, "x is undefined");
    assertEquals(List.of(), faults.flagged());
    faults.report("anna", PANEL, VERSION, "y is\n undefined");
    faults.report("anna", PANEL, VERSION, "y is\n undefined");

    Fault fault = faults.flagged().get(0);
    assertEquals(4, fault.failures());
    assertEquals(2, fault.people());
    assertEquals("y is undefined", fault.message());
    assertEquals(List.of("maps ACTIVE"), told);
  }

  @Test
  void failuresFarApartAreKeptAndFlagNothing() {
    for (int i = 0; i < 5; i++) {
      faults.report("anna", PANEL, VERSION, "slow");
      now = now.plus(Duration.ofMinutes(6));
    }
    assertEquals(List.of(), faults.flagged());
    assertEquals(5, faults.of("maps").get(0).failures());
  }

  @Test
  void whatNobodyDeclaresIsNotKept() {
    for (int i = 0; i < 5; i++) {
      faults.report("anna", new Part("maps", "ticket.panel", "maps.other"), VERSION, "x");
      faults.report("anna", new Part("core", "ticket.panel", "maps.map"), VERSION, "x");
      faults.report("anna", PANEL, "0.9.0", "x");
    }
    assertEquals(List.of(), faults.of("maps"));
    assertEquals(List.of(), faults.flagged());
  }

  @Test
  void onePersonCanNotFillIt() {
    for (int i = 0; i < 3 * PageFaults.MOST_OF_ONE; i++) {
      faults.report("anna", PANEL, VERSION, "x");
    }
    assertEquals(PageFaults.MOST_OF_ONE, faults.of("maps").get(0).failures());
    faults.report("bruno", PANEL, VERSION, "x".repeat(5_000));
    assertEquals(PageFaults.MOST_OF_ONE + 1, faults.of("maps").get(0).failures());
    assertTrue(faults.of("maps").get(0).message().length() <= 300);
  }

  @Test
  void aModuleThatStartsAnewHasACleanRecord() {
    for (int i = 0; i < 3; i++) {
      faults.report("anna", PANEL, VERSION, "x");
    }
    assertFalse(faults.flagged().isEmpty());
    registry.changed("maps", ModuleState.STARTING.name());
    assertEquals(List.of(), faults.flagged());
    assertEquals(List.of(), faults.of("maps"));
  }
}
