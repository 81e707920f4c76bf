/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static Measurement measurement(
      String scenario, int tickets, int clients, double perSecond, double millis) {
    return new Measurement(
        scenario, tickets, clients, perSecond, millis, millis * 2, millis * 3, 0, "");
  }

  @Test
  void holdsTheDeskAgainstTheLimitsOfTheMachine() {
    List<Verdict> verdicts =
        Verdict.of(
            List.of(
                measurement("bare servlet", 0, 8, 10_000, 1),
                measurement("raw insert", 0, 8, 1_000, 1),
                measurement("read", 10_000, 8, 5_000, 1),
                measurement("create", 10_000, 8, 300, 1)),
            Options.of("--clients", "8"));
    assertEquals(
        "read / bare servlet, 8 clients 0.5 true, create / raw insert, 8 clients 0.3 false",
        text(verdicts));
  }

  @Test
  void judgesGrowthAndTheQueueAtTheLargestSize() {
    List<Verdict> verdicts =
        Verdict.of(
            List.of(
                measurement("queue page", 10_000, 8, 500, 2),
                measurement("queue page", 1_000_000, 8, 400, 5),
                measurement("search", 10_000, 8, 500, 2),
                measurement("search", 1_000_000, 8, 0, 0)),
            Options.of("--tickets", "1M", "--clients", "8"));
    assertEquals(List.of(2.5, 10.0), verdicts.stream().map(Verdict::value).toList());
    assertEquals(List.of(false, true), verdicts.stream().map(Verdict::met).toList());
  }

  @Test
  void judgesWhatModulesPromise() {
    List<Verdict> verdicts =
        Verdict.of(
            List.of(
                measurement("article suggestion", 50_000, 1, 100, 20),
                measurement("impact", 100_000, 1, 100, 120),
                new Measurement(Items.AGAIN, 100_000, 1, 4_000, 1, 1, 1, 3, "changed")),
            Options.of("--of", "cmdb,knowledge", "--clients", "1,8"));
    assertEquals(List.of(40.0, 240.0, 3.0), verdicts.stream().map(Verdict::value).toList());
    assertEquals(List.of(true, false, false), verdicts.stream().map(Verdict::met).toList());
  }

  private static String text(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(v -> v.what() + " " + v.value() + " " + v.met())
        .collect(Collectors.joining(", "));
  }

  @Test
  void takesPercentilesByNearestRank() {
    long[] millions = LongStream.rangeClosed(1, 100).map(n -> n * 1_000_000).toArray();
    assertEquals(50, Load.percentile(millions, 50));
    assertEquals(99, Load.percentile(millions, 99));
    assertEquals(1, Load.percentile(new long[] {1_000_000}, 99));
    assertEquals(0, Load.percentile(new long[0], 99));
  }

  @Test
  void measuresALargeDeskBesideASmallOne() {
    assertEquals(List.of(10_000, 1_000_000), Options.of("--tickets", "1000000").sizes());
    assertEquals(List.of(500), Options.of("--tickets", "500").sizes());
    assertEquals(List.of(1, 16), Options.of("--clients", "1,16").clients());
    assertThrows(IllegalArgumentException.class, () -> Options.of("--tickets", "many"));
    assertThrows(IllegalArgumentException.class, () -> Options.of("--db", "oracle"));
    assertEquals(List.of(Part.DESK), Options.of().parts());
    assertEquals(List.of(Part.DESK, Part.CMDB), Options.of("--of", "cmdb,desk").parts());
    assertThrows(IllegalArgumentException.class, () -> Options.of("--of", "wiki"));
    assertThrows(IllegalArgumentException.class, () -> Options.of("--seconds"));
  }
}
