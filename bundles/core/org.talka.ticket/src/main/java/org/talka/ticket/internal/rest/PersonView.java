/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

/**
 * A person beside what they did.
 *
 * @param id absent for the system; likewise {@code username}
 */
public record PersonView(Long id, String username, String displayName) {}
