/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A full-text index for the records of one module, apart from that of tickets. Which module it is
 * follows from the bundle that takes the service; an update of the module goes on with the index of
 * the version before.
 *
 * <p>It holds nothing that the module's tables lack, and may be lost. Whoever fills it looks at
 * {@link #durable} when it starts: without an answer it puts all its records and says {@link
 * #filled}; otherwise it puts again what it changed since, with a margin for transactions that were
 * under way. Afterwards it puts every change after its commit. What it puts is found at once.
 *
 * <p>May be called on any thread; blocks on the disk.
 */
@ProviderType
public interface DocumentIndex {
  /** Up to when everything that was put survives a crash; absent until it has been filled once. */
  Optional<Instant> durable();

  /** Puts documents, in place of those with the same ids. */
  void put(Collection<Document> documents);

  void remove(Collection<String> ids);

  /** Empties it; {@link #durable} is absent afterwards. */
  void clear();

  /** All records are in it. */
  void filled();

  /** How many documents there are. */
  long size();

  /**
   * Searches, the best finds first. Only what the query's condition admits is found: visibility
   * belongs there, or a page would show gaps.
   *
   * @throws org.talka.api.error.DomainException MALFORMED for a forged place to go on from,
   *     UNAVAILABLE when it takes too long or the index is being made anew
   */
  DocumentHits search(DocumentQuery query);
}
