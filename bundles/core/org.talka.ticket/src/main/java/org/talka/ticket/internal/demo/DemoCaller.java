/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** A person of the demonstration while the story is told, with the person's own permissions. */
record DemoCaller(Person who, People people) implements Caller {
  @Override
  public Kind kind() {
    return Kind.PERSON;
  }

  @Override
  public Optional<PersonId> person() {
    return Optional.of(who.id());
  }

  @Override
  public String username() {
    return who.username();
  }

  @Override
  public String displayName() {
    return who.displayName();
  }

  @Override
  public Set<String> roles() {
    return Set.of();
  }

  @Override
  public Set<TeamId> teams() {
    return people.teamsOf(who.id());
  }

  @Override
  public Optional<OrganisationId> organisation() {
    return who.organisation();
  }

  @Override
  public Locale locale() {
    return Locale.ENGLISH;
  }

  @Override
  public ZoneId zone() {
    return ZoneId.of("UTC");
  }

  @Override
  public GrantScope grant(String permission) {
    return people.grant(who.id(), permission);
  }
}
