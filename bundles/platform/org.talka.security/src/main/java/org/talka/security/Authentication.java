/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.Caller;

/** Finds out who a request comes from. Called for every request: cached, non-blocking when warm. */
@ProviderType
public interface Authentication {
  /** The session of a cookie value, when it is alive; a person who was disabled has none. */
  Optional<SignedIn> session(String cookieValue);

  /**
   * The caller behind an API token, its scopes applied.
   *
   * @param address the client's address, for throttling
   * @throws org.talka.api.error.DomainException TOO_MANY after too many wrong tokens
   */
  Optional<Caller> token(String secret, String address);

  /** Somebody who is not signed in, reading in this language. */
  Caller anonymous(java.util.Locale locale);

  /** Whether the desk still waits for its first administrator. */
  boolean setupNeeded();

  /**
   * @param sessionId what streams are tied to; not the cookie's value
   * @param csrfToken what writes with this session must send
   */
  record SignedIn(String sessionId, Caller caller, String csrfToken) {}
}
