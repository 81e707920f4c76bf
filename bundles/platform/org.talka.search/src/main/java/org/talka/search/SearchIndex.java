/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.util.Collection;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The full-text index. It holds nothing that the database lacks, and may be thrown away: whoever
 * fills it compares {@link #position} with the event log and catches up. Thread-safe.
 */
@ProviderType
public interface SearchIndex {
  /** The event up to which the index on disk is complete; absent for an empty or discarded one. */
  OptionalLong position();

  /**
   * Replaces documents and removes others, and remembers the position. Visible to searches at once
   * (near real time), durable at the next {@link #flush} or by itself within seconds.
   *
   * @throws java.io.UncheckedIOException if it can't be written, on a full disk for example; the
   *     index may be back at {@link #position}, and whoever fills it has to go on from there
   */
  void update(Collection<SearchDocument> documents, Collection<String> removedIds, long position);

  /**
   * Makes all updates durable.
   *
   * @throws java.io.UncheckedIOException as {@link #update}
   */
  void flush();

  /** Empties the index and forgets the position. */
  void discard();

  /**
   * @throws org.talka.api.error.DomainException MALFORMED for a forged cursor or a range of neither
   *     numbers nor instants, UNAVAILABLE when it takes too long or the index is being made anew
   */
  SearchHits search(SearchRequest request);

  /**
   * Counts the values of what is found, up to the request's bound.
   *
   * @throws org.talka.api.error.DomainException as {@link #search}
   */
  SearchCounts count(CountRequest request);

  /** Documents in the index: for health. */
  long size();
}
