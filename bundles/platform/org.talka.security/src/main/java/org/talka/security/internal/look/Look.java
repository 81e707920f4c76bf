/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import java.util.Map;
import java.util.Optional;

/**
 * How the desk looks and what it is called.
 *
 * @param name the organisation's; empty before it has one
 * @param accent a colour as {@link Shades#colour} has it; absent for the desk's own
 * @param term {@code helpDesk}, {@code serviceDesk}, {@code own}; absent for the desk's own word
 * @param terms the own word by language
 * @param logo absent when there is none
 * @param portal whether people who are not signed in see the portal
 * @param version changes with any of the above
 */
public record Look(
    String name,
    Optional<String> accent,
    Optional<String> term,
    Map<String, String> terms,
    Optional<Logo> logo,
    boolean portal,
    String version) {
  /**
   * A picture.
   *
   * @param hash the digest of its bytes
   */
  public record Logo(String hash, String mediaType) {}

  public Look {
    terms = Map.copyOf(terms);
  }

  /** What is laid over the desk's stylesheet; empty without an own colour. */
  public String css() {
    return accent.map(colour -> Shades.of(colour).css()).orElse("");
  }
}
