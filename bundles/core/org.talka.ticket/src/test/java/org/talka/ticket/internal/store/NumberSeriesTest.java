/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.testkit.persistence.PersistenceTest;

@PersistenceTest(units = "ticket")
class NumberSeriesTest {
  private final Database database;
  private final Transactions transactions;

  NumberSeriesTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @Test
  void givesEveryNumberOnceToManyThreadsOfTwoNodes() throws Exception {
    NumberSeries one = new NumberSeries(database, transactions);
    NumberSeries two = new NumberSeries(database, transactions);
    // the first use of a series makes its row
    one.key("INC");
    List<Callable<List<String>>> jobs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      NumberSeries node = i % 2 == 0 ? one : two;
      jobs.add(
          () -> {
            List<String> keys = new ArrayList<>();
            for (int n = 0; n < 150; n++) {
              keys.add(node.key("INC"));
            }
            return keys;
          });
    }
    Set<String> all = new HashSet<>();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (Future<List<String>> keys : threads.invokeAll(jobs)) {
        all.addAll(keys.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(900, all.size());
  }

  @Test
  void neverGivesANumberOfARolledBackTransactionAgain() {
    NumberSeries numbers = new NumberSeries(database, transactions);
    List<Long> lost = new ArrayList<>();
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  lost.add(numbers.id());
                  throw new IllegalStateException("the change fails");
                }));
    assertTrue(numbers.id() > lost.get(0));
    // nor after a crash, when the block in memory is gone
    assertTrue(new NumberSeries(database, transactions).id() > lost.get(0) + 1);
  }
}
