/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Who is asking: a person, somebody who is not signed in, or the system itself. Immutable. */
@ProviderType
public interface Caller {
  enum Kind {
    ANONYMOUS,
    PERSON,
    /** A job, a module or the start-up; may do everything and is named in the audit. */
    SYSTEM
  }

  Kind kind();

  /** Present for {@link Kind#PERSON} only. */
  Optional<PersonId> person();

  /** The sign-in name; {@code anonymous}, or {@code system:<module>}. */
  String username();

  String displayName();

  Set<String> roles();

  Set<TeamId> teams();

  Optional<OrganisationId> organisation();

  Locale locale();

  ZoneId zone();

  /** How far the permission reaches for this caller, a token's scopes already applied. */
  GrantScope grant(String permission);

  /**
   * Whether what speaks for the caller only reads, as an API token without a writing scope does:
   * nothing is changed in its name, not even what needs no permission.
   */
  default boolean readsOnly() {
    return false;
  }

  default boolean may(String permission) {
    return grant(permission) != GrantScope.NONE;
  }
}
