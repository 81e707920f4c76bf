/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.knowledge.internal.store.FeedbackStore;
import org.talka.knowledge.internal.store.Reading;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.knowledge.internal.store.UseStore.Count;

/**
 * Counts who was answered by an article instead of asking. The method: somebody opens an article in
 * the portal that was suggested to them or that they searched for, and makes no ticket until so
 * many minutes have passed since the last article that they opened. Then they count as answered,
 * once, and the last article has the merit. Somebody who makes a ticket counts as asking all the
 * same.
 */
@Component(service = Deflection.class)
public class Deflection {
  private static final int BATCH = 200;
  private static final Duration KEPT = Duration.ofDays(180);

  private final FeedbackStore store;
  private final UseStore uses;
  private final Library library;
  private final Transactions transactions;

  @Activate
  public Deflection(
      @Reference FeedbackStore store,
      @Reference UseStore uses,
      @Reference Library library,
      @Reference Transactions transactions) {
    this.store = store;
    this.uses = uses;
    this.library = library;
    this.transactions = transactions;
  }

  /** Somebody makes a ticket. Counted once that is certain: no ticket fails or waits for it. */
  void asks(long person, Instant now) {
    transactions.afterCommit(
        () ->
            transactions.required(
                () -> {
                  if (!store.takeOf(person).isEmpty()) {
                    store.count(day(now), 0, 1);
                  }
                  return null;
                }));
  }

  /** Counts those who have been quiet for long enough. */
  public void settle(Instant now) {
    Instant quiet = now.minus(library.settings().deflection());
    for (long person : store.quietSince(quiet, BATCH)) {
      transactions.required(
          () -> {
            Optional<Instant> last = store.lastOf(person);
            if (last.filter(at -> !at.isAfter(quiet)).isPresent()) {
              answered(store.takeOf(person), now);
            }
            return null;
          });
    }
    store.forgetBefore(now.minus(KEPT));
  }

  private void answered(List<Reading> open, Instant now) {
    if (!open.isEmpty()) {
      uses.add(open.get(open.size() - 1).article(), Count.DEFLECTIONS, 1);
      store.count(day(now), 1, 0);
    }
  }

  private static long day(Instant now) {
    return now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }
}
