/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An administrator stops the server while people have its pages open. */
class StopTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(8);

  @Test
  void openEventStreamsNeitherHoldUpAStopNorLeaveAWordInTheLog() throws IOException {
    Path home = Distribution.unpack("stop");
    Path data = Distribution.work().resolve("stop-data");
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of()).start()) {
      Api admin = talka.admin();
      try (InputStream one = admin.stream("/events");
          InputStream other = admin.stream("/events")) {
        assertTrue(one.read() >= 0, "the first stream is open");
        assertTrue(other.read() >= 0, "the second stream is open");
        // the console is the last to come; a stop in the middle of a start is another story
        talka.console("talka:status").onExit().join();
        long began = System.nanoTime();
        talka.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(AT_ONCE) < 0, "the stop took " + took);
      }
    }
    assertEquals(List.of(), Distribution.complaints(data));
  }
}
