/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One field's change, as the history keeps it.
 *
 * @param from the stored value before, or null when there was none; likewise {@code to}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Change(String field, Object from, Object to) {}
