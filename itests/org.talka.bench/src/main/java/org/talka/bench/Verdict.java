/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A figure beside its target.
 *
 * @param atLeast whether the target is the smallest value allowed, not the largest
 */
record Verdict(String what, double value, double target, boolean atLeast) {
  static final double READ_SHARE = 0.5;
  static final double CREATE_SHARE = 0.4;
  static final double GROWTH = 2;
  static final double QUEUE_P95_MILLIS = 20;
  private static final int QUEUE_CLIENTS = 8;

  boolean met() {
    return atLeast ? value >= target : value <= target;
  }

  /** What can be judged of these measurements; what was not measured is left out. */
  static List<Verdict> of(List<Measurement> measured, List<Integer> sizes, List<Integer> clients) {
    List<Verdict> verdicts = new ArrayList<>();
    int small = sizes.get(0);
    int large = sizes.get(sizes.size() - 1);
    for (int n : clients) {
      share(measured, "read", "bare servlet", READ_SHARE, small, n).ifPresent(verdicts::add);
      share(measured, "create", "raw insert", CREATE_SHARE, small, n).ifPresent(verdicts::add);
    }
    if (small != large) {
      for (String list : List.of("queue page", "search")) {
        for (int n : clients) {
          growth(measured, list, small, large, n).ifPresent(verdicts::add);
        }
      }
    }
    find(measured, "queue page", large, QUEUE_CLIENTS)
        .filter(queue -> queue.perSecond() > 0)
        .map(
            queue ->
                new Verdict(
                    "queue page, p95 in ms, %,d tickets, %d clients"
                        .formatted(large, QUEUE_CLIENTS),
                    queue.p95Millis(),
                    QUEUE_P95_MILLIS,
                    false))
        .ifPresent(verdicts::add);
    return verdicts;
  }

  private static Optional<Verdict> share(
      List<Measurement> all, String desk, String limit, double target, int tickets, int clients) {
    Optional<Measurement> bound = find(all, limit, 0, clients).filter(m -> m.perSecond() > 0);
    return find(all, desk, tickets, clients)
        .flatMap(
            m ->
                bound.map(
                    most ->
                        new Verdict(
                            "%s / %s, %d clients".formatted(desk, limit, clients),
                            m.perSecond() / most.perSecond(),
                            target,
                            true)));
  }

  private static Optional<Verdict> growth(
      List<Measurement> all, String scenario, int small, int large, int clients) {
    Optional<Measurement> before =
        find(all, scenario, small, clients).filter(m -> m.p50Millis() > 0);
    return find(all, scenario, large, clients)
        .filter(m -> m.perSecond() > 0)
        .flatMap(
            after ->
                before.map(
                    m ->
                        new Verdict(
                            "%s, median at %,d / at %,d tickets, %d clients"
                                .formatted(scenario, large, small, clients),
                            after.p50Millis() / m.p50Millis(),
                            GROWTH,
                            false)));
  }

  private static Optional<Measurement> find(
      List<Measurement> all, String scenario, int tickets, int clients) {
    return all.stream()
        .filter(
            m -> m.scenario().equals(scenario) && m.tickets() == tickets && m.clients() == clients)
        .findFirst();
  }
}
