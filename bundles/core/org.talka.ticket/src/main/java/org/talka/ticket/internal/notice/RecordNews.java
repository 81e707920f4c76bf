/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import org.talka.api.text.Text;

/**
 * What a module tells of one of its records.
 *
 * @param address below {@code /app/m/<module>/}
 */
public record RecordNews(String module, String record, Text text, String address) {}
