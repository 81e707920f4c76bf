/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.Caller;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;

/**
 * The people behind a team, a permission or a few letters, for who has to reach them or to decide
 * what they would see. May be called on any thread; blocks on the database when it is not cached.
 */
@ProviderType
public interface Colleagues {
  /**
   * The person as a caller with all of the person's permissions; nobody when the account is closed.
   */
  Optional<Caller> caller(PersonId person);

  /** Open accounts in the team, the oldest first, at most {@code limit}. */
  List<PersonId> members(TeamId team, int limit);

  /** Open accounts that have the permission by one of their roles, however far it reaches. */
  List<PersonId> holders(String permission, int limit);

  /**
   * Open accounts whose name, username or address has a word that begins so, as far as the current
   * caller may read people; nobody when it may read none. In the order of usernames.
   *
   * @param after the username to go on after; empty for the first ones
   */
  List<Person> people(String begin, String after, int limit);

  /**
   * Teams whose key or name has a word that begins so, as far as the current caller may read them.
   */
  List<Team> teams(String begin, int limit);
}
