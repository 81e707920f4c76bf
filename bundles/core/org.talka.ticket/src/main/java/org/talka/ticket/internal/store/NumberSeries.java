/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.LockModeType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;

/**
 * Numbers that are never given twice. A block is taken from the database in a transaction of its
 * own and handed out from memory: a crash or a roll-back skips numbers, nothing gives one again,
 * and several nodes take different blocks.
 */
@Component(service = NumberSeries.class)
public class NumberSeries {
  /** The series of ids of all rows of this unit. */
  public static final String IDS = "id";

  private static final int BLOCK = 100;

  private final Database database;
  private final Transactions transactions;
  private final ConcurrentMap<String, Block> blocks = new ConcurrentHashMap<>();

  @Activate
  public NumberSeries(
      @Reference(target = "(talka.unit=ticket)") Database database,
      @Reference Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  /** The next id for a row. */
  public long id() {
    return next(IDS);
  }

  /** The next key of a series, for example {@code INC-000123}. */
  public String key(String prefix) {
    return String.format(java.util.Locale.ROOT, "%s-%06d", prefix, next(prefix));
  }

  /**
   * Gives no number of a series up to this one any more.
   *
   * @param series a prefix, or {@link #IDS}
   */
  public void skip(String series, long number) {
    blocks.computeIfAbsent(series, Block::new).skip(number);
  }

  private void skipTo(String series, long next) {
    transactions.separate(
        () ->
            database.write(
                em -> {
                  SeriesRow row = em.find(SeriesRow.class, series, LockModeType.PESSIMISTIC_WRITE);
                  if (row == null) {
                    em.persist(new SeriesRow(series, next));
                  } else {
                    row.skipTo(next);
                  }
                  return null;
                }));
  }

  private long next(String series) {
    return blocks.computeIfAbsent(series, Block::new).next();
  }

  private long takeBlock(String series) {
    return transactions.separate(
        () ->
            database.write(
                em -> {
                  SeriesRow row = em.find(SeriesRow.class, series, LockModeType.PESSIMISTIC_WRITE);
                  if (row == null) {
                    row = new SeriesRow(series, 1);
                    em.persist(row);
                  }
                  return row.take(BLOCK);
                }));
  }

  /** What is left of a series' block; guarded by its own lock. */
  private final class Block {
    private final String series;
    private long next;
    private long end;

    Block(String series) {
      this.series = series;
    }

    synchronized void skip(long number) {
      skipTo(series, number + 1);
      if (next <= number) {
        // what is left of the block lies behind
        next = end;
      }
    }

    synchronized long next() {
      if (next == end) {
        next = takeBlock(series);
        end = next + BLOCK;
      }
      return next++;
    }
  }
}
