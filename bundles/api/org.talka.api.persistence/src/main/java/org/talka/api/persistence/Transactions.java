/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.persistence;

import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** The one database transaction of the calling thread, over all persistence units. */
@ProviderType
public interface Transactions {
  /**
   * Runs {@code work} in the transaction of this thread, or in a new one that is committed when it
   * returns. An exception rolls the whole transaction back, the outer one too, and is thrown on
   * unchanged.
   *
   * @throws ConcurrentChangeException if the commit lost against another transaction
   * @throws DatabaseUnavailableException if the database can't be reached
   */
  <T> T required(Supplier<T> work);

  /**
   * Runs {@code work} in a transaction of its own, apart from the one of this thread, which waits.
   * For what must stay even if the caller's transaction fails: journals, audit of refusals.
   */
  <T> T separate(Supplier<T> work);

  /** Whether this thread is inside a transaction. */
  boolean active();

  /**
   * Runs {@code action} on this thread before the transaction commits, while it can still fail it:
   * an exception rolls back. Without a transaction it fails with {@link IllegalStateException}.
   */
  void beforeCommit(Runnable action);

  /**
   * Runs {@code action} on this thread once the transaction is durably committed; not at all after
   * a roll-back. Without a transaction it runs at once. It must not throw and must be short.
   */
  void afterCommit(Runnable action);

  /** Runs {@code action} with {@code true} after a commit, with {@code false} after a roll-back. */
  void afterCompletion(java.util.function.Consumer<Boolean> action);
}
