/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.Locale;
import org.talka.api.security.GrantScope;

/** The system, acting for a module or for the desk itself. */
public record SystemCaller(String moduleId) implements Impersonal {
  @Override
  public Kind kind() {
    return Kind.SYSTEM;
  }

  @Override
  public String username() {
    return "system:" + moduleId;
  }

  @Override
  public Locale locale() {
    return Locale.ENGLISH;
  }

  @Override
  public GrantScope grant(String permission) {
    return GrantScope.ALL;
  }
}
