/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.PersonId;

/**
 * Why people may do what they may: each permission with the roles that it comes from. What callers
 * are granted is worked out of the same sources. Any thread; reads the database.
 */
@ProviderType
public interface GrantBook {
  /**
   * All permissions that are declared now, by their keys, also those that the person lacks. Whether
   * the account is open is not asked. Empty for a person who does not exist.
   */
  List<PermissionGrant> of(PersonId person);

  /** One of them; absent when nobody declares it now, or there is no such person. */
  Optional<PermissionGrant> of(PersonId person, String permission);
}
