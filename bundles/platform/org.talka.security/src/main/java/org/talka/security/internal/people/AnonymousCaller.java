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

/** Somebody who is not signed in. */
public record AnonymousCaller(Locale locale) implements Caller {
  @Override
  public Kind kind() {
    return Kind.ANONYMOUS;
  }

  @Override
  public Optional<PersonId> person() {
    return Optional.empty();
  }

  @Override
  public String username() {
    return "anonymous";
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
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public GrantScope grant(String permission) {
    return GrantScope.NONE;
  }
}
