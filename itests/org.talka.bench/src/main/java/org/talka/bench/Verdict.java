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
  static final double SUGGESTION_P95_MILLIS = 50;
  static final double IMPACT_P95_MILLIS = 200;
  private static final int QUEUE_CLIENTS = 8;

  boolean met() {
    return atLeast ? value >= target : value <= target;
  }

  /** What can be judged of these measurements; what was not measured is left out. */
  static List<Verdict> of(List<Measurement> measured, Options options) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Integer> sizes = options.sizes();
    List<Integer> clients = options.clients();
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
    quick(measured, "queue page", large, QUEUE_CLIENTS, QUEUE_P95_MILLIS).ifPresent(verdicts::add);
    int one = clients.get(0);
    quick(measured, "article suggestion", options.articles(), one, SUGGESTION_P95_MILLIS)
        .ifPresent(verdicts::add);
    quick(measured, "impact", options.items(), one, IMPACT_P95_MILLIS).ifPresent(verdicts::add);
    find(measured, Items.AGAIN, options.items(), 1)
        .map(
            again ->
                new Verdict(
                    "rows that an import changes when it comes again", again.errors(), 0, false))
        .ifPresent(verdicts::add);
    return verdicts;
  }

  private static Optional<Verdict> quick(
      List<Measurement> all, String scenario, int records, int clients, double millis) {
    return find(all, scenario, records, clients)
        .filter(m -> m.perSecond() > 0)
        .map(
            m ->
                new Verdict(
                    "%s, p95 in ms, %,d records, %d clients".formatted(scenario, records, clients),
                    m.p95Millis(),
                    millis,
                    false));
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
            m -> m.scenario().equals(scenario) && m.records() == tickets && m.clients() == clients)
        .findFirst();
  }
}
