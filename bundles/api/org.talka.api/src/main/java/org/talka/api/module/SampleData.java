/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.module;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;

/**
 * What a module brings to a demonstration: records that look as if people had worked with it for a
 * while. Asked on a desk that was begun as a demonstration ({@code ./talka run --demo}) and runs as
 * one, as soon as its own people and tickets are there, or later when the module is installed
 * later; never on any other desk.
 *
 * <p>Called until it has succeeded once, and never again, also when the module is removed and comes
 * back. All of it is one transaction: an exception takes everything back, and the next start of the
 * module tries again. What needs the committed records is left for {@link Context#afterwards}. The
 * caller is the system acting for the module, and the thread is one of the platform. What is made
 * should be the same on every desk.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 60_000)
public interface SampleData {
  void fill(Context context);

  /** The demonstration that there is already. Use it on the thread of the call only. */
  @ProviderType
  interface Context {
    /** When the demonstration is seen first: nothing happens after that. */
    Instant now();

    /** The key of the demonstration's ticket with this subject; absent when it is not there. */
    Optional<String> ticket(String subject);

    /**
     * Does something as one of the demonstration's people, with what that person may do. What is
     * written to tickets meanwhile happens at that time; the module dates its own records.
     *
     * @param when not after {@link #now()}
     * @throws IllegalArgumentException when there is no such person, or the time is to come
     * @throws IllegalStateException inside of another call of this method
     */
    <T> T as(String username, Instant when, Supplier<T> work);

    /**
     * Does something once all of it is committed, in a transaction of its own and as the caller of
     * {@link SampleData#fill}. When it fails it is left out: what was filled stays.
     */
    void afterwards(Runnable work);
  }
}
