/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.OptionalLong;

/**
 * Where a change comes from.
 *
 * @param by who made it
 * @param source {@value #HAND} or the name of a source of data
 * @param reason the number of a change request, or what else was said; empty for none
 * @param run the import that it belongs to
 */
public record Origin(String by, String source, String reason, OptionalLong run) {
  public static final String HAND = "hand";

  public static Origin hand(String by, String reason) {
    return new Origin(by, HAND, reason, OptionalLong.empty());
  }
}
