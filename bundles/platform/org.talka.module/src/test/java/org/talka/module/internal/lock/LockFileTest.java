/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.module.internal.lock.LockFile.Locked;

class LockFileTest {
  private static final String[] IDS = {"asset", "change", "knowledge", "problem", "release"};

  private static Locked locked(String id, int version, boolean active, String setting) {
    return new Locked(
        id,
        version + ".0.0",
        String.valueOf(version).repeat(64),
        active ? "active" : "disabled",
        "SIGNED",
        setting.isEmpty() ? Map.of() : Map.of("org.talka." + id, Map.of("setting", setting)));
  }

  private static LockFile file(List<Locked> modules) {
    return new LockFile(1, "0.1.0", "2026-01-01T00:00:00Z", modules);
  }

  private static LockFile random(Random random) {
    List<Locked> modules = new ArrayList<>();
    for (String id : IDS) {
      if (random.nextBoolean()) {
        modules.add(
            locked(
                id,
                1 + random.nextInt(3),
                random.nextBoolean(),
                random.nextBoolean() ? "" : "v" + random.nextInt(2)));
      }
    }
    return file(modules);
  }

  @Test
  void isReadAsItWasWritten() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      LockFile lock = random(random);
      assertEquals(lock, LockFile.read(lock.bytes()));
    }
  }

  @Test
  void saysTheSameInWhateverOrderItsModulesCome() {
    Locked one = locked("change", 1, true, "");
    Locked two = locked("problem", 2, false, "x");
    assertEquals(
        new String(file(List.of(one, two)).bytes(), StandardCharsets.UTF_8),
        new String(file(List.of(two, one)).bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void differsFromItselfInNothing() {
    Random random = new Random(6);
    for (int i = 0; i < 200; i++) {
      LockFile lock = random(random);
      assertEquals(List.of(), LockDiff.of(lock, lock));
    }
  }

  /** A model of an installation on which every step does what it says. */
  private static LockFile after(LockFile here, List<LockSteps.Step> steps) {
    Map<String, Locked> modules = new LinkedHashMap<>();
    here.modules().forEach(module -> modules.put(module.id(), module));
    Map<String, Map<String, Map<String, String>>> configured = new LinkedHashMap<>();
    here.modules().forEach(module -> configured.put(module.id(), module.configuration()));
    for (LockSteps.Step step : steps) {
      Locked wanted = step.module();
      Locked now = modules.get(wanted.id());
      switch (step.action()) {
        case CONFIGURE -> configured.put(wanted.id(), wanted.configuration());
        case INSTALL, UPDATE, ROLLBACK -> now = wanted;
        default -> {
          // its state alone
        }
      }
      boolean active =
          switch (step.action()) {
            case DISABLE -> false;
            case CONFIGURE -> now != null && now.active();
            default -> true;
          };
      if (now != null) {
        modules.put(
            wanted.id(),
            new Locked(
                now.id(),
                now.version(),
                now.digest(),
                active ? "active" : "disabled",
                now.signature(),
                Map.of()));
      }
    }
    return file(
        modules.values().stream()
            .map(
                m ->
                    new Locked(
                        m.id(),
                        m.version(),
                        m.digest(),
                        m.state(),
                        m.signature(),
                        configured.getOrDefault(m.id(), Map.of())))
            .toList());
  }

  @Test
  void stepsLeaveNoDifferenceButWhatTheFileDoesNotName() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      LockFile wanted = random(random);
      LockFile here = random(random);
      boolean extra = random.nextBoolean();
      List<LockSteps.Step> steps =
          LockSteps.of(LockDiff.of(wanted, here), (id, digest) -> random.nextBoolean(), extra);
      LockFile then = after(here, steps);
      List<LockDiff.Difference> left =
          LockDiff.of(wanted, then).stream()
              .filter(difference -> difference.kind() != LockDiff.Kind.EXTRA)
              .toList();
      assertEquals(List.of(), left, () -> here + " -> " + wanted + " by " + steps);
      if (extra) {
        then.modules().stream()
            .filter(module -> wanted.module(module.id()).isEmpty())
            .forEach(module -> assertEquals("disabled", module.state()));
      }
    }
  }

  @Test
  void refusesWhatIsNoLockFileWithAReason() {
    refused("error.module.lock.json", "no json");
    refused("error.module.lock.json", "{\"format\":1,\"modules\":[]} more");
    refused("error.module.lock.json", "[]");
    refused("error.module.lock.format", "null");
    refused("error.module.lock.format", "{}");
    refused("error.module.lock.format", "{\"format\":2,\"modules\":[]}");
    refused("error.module.lock.module", "{\"format\":1,\"modules\":[null]}");
    refused("error.module.lock.module", "{\"format\":1,\"modules\":[{\"id\":\"../x\"}]}");
    String module =
        "{\"id\":\"problem\",\"version\":\"1\",\"state\":\"active\",\"digest\":\""
            + "0".repeat(64)
            + "\",\"later\":{}}";
    assertEquals(
        1,
        LockFile.read(("{\"format\":1,\"new\":1,\"modules\":[" + module + "]}").getBytes())
            .modules()
            .size(),
        "what a later version adds is passed over");
    refused(
        "error.module.lock.twice", "{\"format\":1,\"modules\":[" + module + "," + module + "]}");
    refused("error.module.lock.size", " ".repeat((1 << 20) + 1));
  }

  private static void refused(String key, String text) {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> LockFile.read(text.getBytes(StandardCharsets.UTF_8)),
            text.substring(0, Math.min(80, text.length())));
    assertEquals(key, refused.fieldErrors().get(0).message().key());
  }
}
