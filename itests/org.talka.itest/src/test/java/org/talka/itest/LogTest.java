/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A normal run writes no warning and no error. */
@ExtendWith(SharedTalka.class)
class LogTest {
  private final RunningTalka talka;

  LogTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void aNormalRunLogsNoWarning() throws IOException {
    Api admin = talka.admin();
    if (admin.moduleState("problem").equals("ACTIVE")) {
      admin.operate("uninstall", "problem");
    }
    admin.operate("install", "problem");
    admin.ticket("problem", "Logged");
    admin.operate("uninstall", "problem");
    Path log = talka.data().resolve("log").resolve("talka.log");
    try (Stream<String> lines = Files.lines(log)) {
      List<String> bad =
          lines
              .filter(line -> line.contains("| WARN") || line.contains("| ERROR"))
              .limit(20)
              .toList();
      assertEquals(List.of(), bad);
    }
  }
}
