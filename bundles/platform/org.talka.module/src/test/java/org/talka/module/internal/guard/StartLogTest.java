/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLogTest {
  @TempDir private Path folder;
  private int runs;

  /** The server starts; what the run before wrote is on disk, however it ended. */
  private StartLog start() {
    return new StartLog(folder.resolve("modules/starting"), "run-" + ++runs);
  }

  @Test
  void suspectsAModuleOverWhichTheServerDiedTwice() throws IOException {
    start().starting("bad");
    StartLog second = start();
    assertFalse(second.suspects("bad"), "once may be chance");
    second.starting("bad");
    assertTrue(start().suspects("bad"));
    assertFalse(start().suspects("other"));
  }

  @Test
  void blamesOnlyTheStartThatDidNotReturn() throws IOException {
    for (int i = 0; i < 2; i++) {
      StartLog log = start();
      log.starting("good");
      log.returned("good");
      log.starting("bad");
    }
    assertTrue(start().suspects("bad"));
    assertFalse(start().suspects("good"));
  }

  @Test
  void blamesAllThatWereJustStartedWhenEveryStartHadReturned() throws IOException {
    for (int i = 0; i < 2; i++) {
      StartLog log = start();
      for (String module : new String[] {"one", "two"}) {
        log.starting(module);
        log.returned(module);
      }
    }
    assertTrue(start().suspects("one"));
    assertTrue(start().suspects("two"));
  }

  @Test
  void holdsNothingAgainstAModuleThatProvedHarmless() throws IOException {
    start().starting("bad");
    StartLog log = start();
    log.starting("bad");
    log.clear("bad");
    assertFalse(start().suspects("bad"));
  }

  @Test
  void holdsNothingAgainstModulesWhenTheServerWasStoppedAsItShould() throws IOException {
    start().starting("bad");
    StartLog log = start();
    log.starting("bad");
    log.goodbye();
    assertFalse(start().suspects("bad"));
    start().starting("bad");
    assertTrue(start().suspects("bad"), "the first death still counts");
  }

  @Test
  void readsOverALineThatWasCutOff() throws IOException {
    StartLog log = start();
    log.starting("bad");
    Files.writeString(folder.resolve("modules/starting"), "run-1", StandardOpenOption.APPEND);
    StartLog next = start();
    assertFalse(next.suspects("bad"));
    next.starting("bad");
    assertTrue(start().suspects("bad"));
  }
}
