/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

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

/** Somebody who holds these permissions everywhere. */
public record FakeCaller(long id, Set<String> permissions) implements Caller {
  public static FakeCaller of(long id, String... permissions) {
    return new FakeCaller(id, Set.of(permissions));
  }

  @Override
  public Kind kind() {
    return Kind.PERSON;
  }

  @Override
  public Optional<PersonId> person() {
    return Optional.of(new PersonId(id));
  }

  @Override
  public String username() {
    return "person" + id;
  }

  @Override
  public String displayName() {
    return "Person " + id;
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
    return permissions.contains(permission) ? GrantScope.ALL : GrantScope.NONE;
  }
}
