/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import java.util.Optional;

/**
 * A ticket that is to be changed.
 *
 * @param version the one that the person saw; not compared when absent
 */
public record BulkTarget(String key, Optional<Long> version) {}
