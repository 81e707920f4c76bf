/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import org.osgi.annotation.versioning.ProviderType;

/** Seals what clients carry for us (cursors, links), so that a forged one is recognised. */
@ProviderType
public interface Seal {
  /** URL-safe text that only {@link #open} with the same purpose reads. */
  String seal(String purpose, String content);

  /**
   * @throws org.talka.api.error.DomainException MALFORMED when it was not sealed here for this
   */
  String open(String purpose, String sealed);
}
