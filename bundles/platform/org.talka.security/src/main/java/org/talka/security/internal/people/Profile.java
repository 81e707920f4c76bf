/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.talka.api.security.Person;
import org.talka.api.security.TeamId;

/** All of a person but the password. */
public record Profile(
    Person person,
    Set<String> roles,
    Set<TeamId> teams,
    Locale locale,
    ZoneId zone,
    Instant createdAt) {
  public Profile {
    roles = Set.copyOf(roles);
    teams = Set.copyOf(teams);
  }
}
