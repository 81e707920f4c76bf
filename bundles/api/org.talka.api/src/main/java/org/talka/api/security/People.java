/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The directory of people, teams and organisations. Cached; may be called on any thread. */
@ProviderType
public interface People {
  Optional<Person> person(PersonId id);

  Optional<Person> personByUsername(String username);

  /** Several at once; ids that do not exist are left out. */
  Map<PersonId, Person> persons(Collection<PersonId> ids);

  Optional<Team> team(TeamId id);

  Optional<Team> teamByKey(String key);

  Optional<Organisation> organisation(OrganisationId id);

  Optional<Organisation> organisationByKey(String key);

  Set<TeamId> teamsOf(PersonId id);

  /** Whether the person could do this, for example be assigned: used to validate a choice. */
  GrantScope grant(PersonId id, String permission);

  /**
   * The person with all that the person may now, for {@link Callers#as}: what somebody began and
   * what goes on without them – after a restart, say – is done in their name and no further than
   * they may by then. Nobody when the account is closed.
   */
  default Optional<Caller> caller(PersonId id) {
    return Optional.empty();
  }
}
