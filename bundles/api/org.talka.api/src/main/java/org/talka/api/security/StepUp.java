/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Step-up authentication: what a stolen session, or a screen left open, must not be enough for,
 * asks for the password again (OWASP ASVS 5.0, 7.5.3). Any thread.
 */
@ProviderType
public interface StepUp {
  /**
   * Does nothing when the caller's session has been opened, or its password typed again, within the
   * last minutes; also when the desk itself is the caller.
   *
   * @throws org.talka.api.error.DomainException FORBIDDEN otherwise; with the key {@code
   *     error.session.confirm} when the password may be sent to {@code /session/confirmation} and
   *     the request repeated, and always for an API token
   */
  void require();
}
