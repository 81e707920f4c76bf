/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import org.talka.api.error.DomainException;
import org.talka.security.Seal;

/** Shows what it seals. */
public final class FakeSeal implements Seal {
  @Override
  public String seal(String purpose, String content) {
    return purpose + "|" + content;
  }

  @Override
  public String open(String purpose, String sealed) {
    if (!sealed.startsWith(purpose + "|")) {
      throw DomainException.malformed("error.seal");
    }
    return sealed.substring(purpose.length() + 1);
  }
}
