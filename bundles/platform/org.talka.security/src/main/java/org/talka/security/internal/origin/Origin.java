/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.origin;

import java.util.Optional;

/**
 * Where a request comes from.
 *
 * @param address the client's address, empty when there is no request
 * @param correlation the request's correlation id, empty when there is none
 * @param session the session it came with, if any
 */
public record Origin(String address, String correlation, Optional<String> session) {
  static final Origin NONE = new Origin("", "", Optional.empty());
}
