/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

/**
 * How far a permission reaches, from nothing to everything; a wider scope includes the narrower.
 */
public enum GrantScope {
  NONE,
  /** Records that one requested, watches or is assigned to. */
  OWN,
  /** Also records of one's teams. */
  TEAM,
  /** Also records of one's organisation. */
  ORGANISATION,
  ALL
}
