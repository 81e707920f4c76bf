/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import org.talka.api.text.Text;
import org.talka.ticket.internal.design.Setting;

/**
 * Something in what administrators laid over the declarations that no longer fits them. It has no
 * effect, and nothing else suffers.
 */
public record Trouble(Setting.Key where, Text what) {}
