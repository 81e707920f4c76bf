/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What an item was from one moment up to another, which is not included.
 *
 * @param sources who said each value
 * @param drift whether a controlled attribute was changed without a change request
 * @param run the import that made it
 */
public record Edition(
    long item,
    int number,
    SortedMap<String, String> fields,
    Map<String, String> sources,
    boolean away,
    Instant from,
    Instant to,
    String by,
    String source,
    String reason,
    boolean drift,
    OptionalLong run) {}
