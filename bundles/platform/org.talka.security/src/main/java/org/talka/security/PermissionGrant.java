/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.util.List;
import org.talka.api.security.GrantScope;

/**
 * How far a permission reaches for a person, and why.
 *
 * @param module who declares the permission
 * @param reach the widest of {@code by}; {@link GrantScope#NONE} when there is none
 * @param by the person's roles that give it, by their keys
 * @param others roles that give it and that the person does not have, by their keys
 */
public record PermissionGrant(
    String permission,
    String module,
    GrantScope reach,
    List<GrantSource> by,
    List<GrantSource> others) {
  public PermissionGrant {
    by = List.copyOf(by);
    others = List.copyOf(others);
  }
}
