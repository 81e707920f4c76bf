/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.Optional;
import org.talka.api.security.PersonId;

/**
 * Whose stream it is.
 *
 * @param sessionId absent for a stream that was opened with an API token
 */
public record StreamSession(Optional<String> sessionId, Optional<PersonId> person) {}
