/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.util.Optional;
import org.talka.api.security.GrantScope;

/**
 * A role that gives a permission, and why it does.
 *
 * @param role the role's key
 * @param name absent for roles of the box, which are named {@code role.<key>} in the catalogues
 * @param reach how far this role alone lets it reach, never {@link GrantScope#NONE}
 */
public record GrantSource(String role, Optional<String> name, GrantScope reach, Origin origin) {
  public enum Origin {
    /** Who declares the permission gives it to the role. */
    DECLARED,
    /** An administrator decided so for the role. */
    DECIDED,
    /** The role has every permission. */
    EVERYTHING
  }
}
