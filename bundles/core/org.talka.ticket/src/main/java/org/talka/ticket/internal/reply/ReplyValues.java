/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.reply;

/**
 * What somebody gives for a canned reply; null where nothing is said.
 *
 * @param audience {@code private}, {@code team} or {@code everybody}
 * @param team a team's key
 */
public record ReplyValues(String name, String body, String audience, String team) {

  /** These, and the reply's own where nothing is said. */
  ReplyValues over(CannedReply reply, String teamKey) {
    return new ReplyValues(
        name == null ? reply.name() : name,
        body == null ? reply.body() : body,
        audience == null ? reply.sharing().audience().word() : audience,
        team == null ? teamKey : team);
  }
}
