/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.util.Optional;
import org.talka.api.query.Filter;

/**
 * @param filter what is asked, joined with what the caller may see
 * @param internal whether the caller may read internal notes
 * @param sort {@code null} for relevance, otherwise a number, instant or keyword field; of more
 *     than some thousand matches, the newest are ranked by relevance first, then those before them
 * @param limit at most this many hits
 * @param after the position of the last hit of the page before, see {@link SearchHits#next}
 */
public record SearchRequest(
    Filter filter,
    boolean internal,
    String sort,
    boolean descending,
    int limit,
    Optional<String> after) {}
