/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What an item is to be.
 *
 * @param before what it is; absent for a new one
 * @param away whether it is to be taken away
 * @param drift whether something controlled changes without a change request
 */
public record Draft(
    long id,
    Optional<Item> before,
    SortedMap<String, String> fields,
    Map<String, String> sources,
    boolean away,
    boolean drift) {}
