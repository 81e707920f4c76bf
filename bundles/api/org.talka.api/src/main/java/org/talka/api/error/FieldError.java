/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.error;

import org.talka.api.text.Text;

/**
 * What is wrong with one field.
 *
 * @param field the field's name as the API spells it, for example {@code subject} or {@code
 *     fields.rootCause}
 * @param message what to do about it
 */
public record FieldError(String field, Text message) {}
