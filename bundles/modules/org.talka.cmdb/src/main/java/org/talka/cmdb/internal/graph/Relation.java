/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.time.Instant;

/**
 * A relation and how long it held, the end not included.
 *
 * @param weight as how many suppliers it counts, see {@link Weight}
 * @param origin {@code hand} or the name of a source
 */
public record Relation(
    long id,
    String type,
    long source,
    long target,
    int weight,
    Instant from,
    Instant to,
    String by,
    String origin) {}
