/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.reply;

import org.talka.ticket.internal.share.Shared;
import org.talka.ticket.internal.share.Sharing;

/**
 * A text that is written again and again.
 *
 * @param body Markdown; {@code {requester}}, {@code {key}}, {@code {subject}} and {@code {me}}
 *     stand for what they mean where it is used, any other braces for themselves
 */
public record CannedReply(long id, String name, String body, Sharing sharing, long version)
    implements Shared {}
