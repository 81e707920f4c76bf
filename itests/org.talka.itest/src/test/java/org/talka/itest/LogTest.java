/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
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
    assertEquals(List.of(), Distribution.complaints(talka.data()));
  }
}
