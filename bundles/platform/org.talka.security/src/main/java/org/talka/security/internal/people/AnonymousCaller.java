/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.Locale;
import org.talka.api.security.GrantScope;

/** Somebody who is not signed in. */
public record AnonymousCaller(Locale locale) implements Impersonal {
  @Override
  public Kind kind() {
    return Kind.ANONYMOUS;
  }

  @Override
  public String username() {
    return "anonymous";
  }

  @Override
  public GrantScope grant(String permission) {
    return GrantScope.NONE;
  }
}
