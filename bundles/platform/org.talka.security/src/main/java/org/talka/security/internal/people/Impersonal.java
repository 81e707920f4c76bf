/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.Caller;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** A caller behind whom no person is known, and who therefore belongs nowhere. */
interface Impersonal extends Caller {
  @Override
  default Optional<PersonId> person() {
    return Optional.empty();
  }

  @Override
  default String displayName() {
    return username();
  }

  @Override
  default Set<String> roles() {
    return Set.of();
  }

  @Override
  default Set<TeamId> teams() {
    return Set.of();
  }

  @Override
  default Optional<OrganisationId> organisation() {
    return Optional.empty();
  }

  @Override
  default ZoneId zone() {
    return ZoneOffset.UTC;
  }
}
