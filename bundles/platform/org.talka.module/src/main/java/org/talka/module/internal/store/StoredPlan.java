/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A plan as it is kept.
 *
 * @param generation of the registry when it was made
 * @param body the plan in JSON
 * @param operation what it was applied by
 */
public record StoredPlan(
    String id,
    String module,
    long generation,
    String body,
    Instant madeAt,
    String madeBy,
    Optional<String> operation) {}
