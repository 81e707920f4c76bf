/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.merge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One item that went into another, with all that is needed to take it back.
 *
 * @param editionBefore of the kept item; the same as {@code editionAfter} if it got no values
 * @param ended relations of the merged item that were ended
 * @param added relations that the kept item got for them
 * @param tickets the tickets that name the kept item since, and named the merged one alone before
 */
public record Merge(
    long id,
    long kept,
    long merged,
    String by,
    Instant at,
    int editionBefore,
    int editionAfter,
    List<Long> ended,
    List<Long> added,
    List<String> tickets,
    Optional<Instant> undoneAt) {}
