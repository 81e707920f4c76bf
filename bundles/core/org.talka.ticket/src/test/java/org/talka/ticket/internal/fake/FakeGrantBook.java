/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.util.List;
import java.util.Optional;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.security.GrantBook;
import org.talka.security.GrantSource;
import org.talka.security.PermissionGrant;

/** Whatever somebody has comes with the role agent; the role manager gives everything. */
public final class FakeGrantBook implements GrantBook {
  private final FakeColleagues colleagues;

  public FakeGrantBook(FakeColleagues colleagues) {
    this.colleagues = colleagues;
  }

  @Override
  public List<PermissionGrant> of(PersonId person) {
    return List.of();
  }

  @Override
  public Optional<PermissionGrant> of(PersonId person, String permission) {
    GrantScope reach =
        colleagues.caller(person).map(c -> c.grant(permission)).orElse(GrantScope.NONE);
    List<GrantSource> by =
        reach == GrantScope.NONE ? List.of() : List.of(source("agent", Optional.empty(), reach));
    return Optional.of(
        new PermissionGrant(
            permission,
            "core",
            reach,
            by,
            List.of(source("boss", Optional.of("The boss"), GrantScope.ALL))));
  }

  private static GrantSource source(String role, Optional<String> name, GrantScope reach) {
    return new GrantSource(role, name, reach, GrantSource.Origin.DECLARED);
  }
}
