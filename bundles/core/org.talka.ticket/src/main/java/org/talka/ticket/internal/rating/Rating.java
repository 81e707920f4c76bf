/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rating;

import java.time.Instant;

/**
 * How satisfied a requester was with what was done.
 *
 * @param stars 1 to 5, more is better
 * @param word what they said to it; may be empty
 * @param at when it was first given; a change does not move it
 */
public record Rating(int stars, String word, Instant at) {}
