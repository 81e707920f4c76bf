/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.time.Instant;
import org.talka.api.security.PersonId;

/**
 * What somebody said on a ticket.
 *
 * @param body markdown
 * @param internal true for a note that requesters never see
 */
public record Comment(long id, PersonId author, String body, boolean internal, Instant createdAt) {}
