/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** The system, acting for a module or for the desk itself. */
public record SystemCaller(String moduleId) implements Caller {
  @Override
  public Kind kind() {
    return Kind.SYSTEM;
  }

  @Override
  public Optional<PersonId> person() {
    return Optional.empty();
  }

  @Override
  public String username() {
    return "system:" + moduleId;
  }

  @Override
  public String displayName() {
    return username();
  }

  @Override
  public Set<String> roles() {
    return Set.of();
  }

  @Override
  public Set<TeamId> teams() {
    return Set.of();
  }

  @Override
  public Optional<OrganisationId> organisation() {
    return Optional.empty();
  }

  @Override
  public Locale locale() {
    return Locale.ENGLISH;
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public GrantScope grant(String permission) {
    return GrantScope.ALL;
  }
}
