/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.Map;

/**
 * A value to choose from.
 *
 * @param names language to name; empty for the name that its module gives
 * @param retired whether it can't be chosen any more; tickets that have it keep it
 */
public record OptionDesign(String key, Map<String, String> names, boolean retired) {
  public OptionDesign {
    names = names == null ? Map.of() : Map.copyOf(names);
  }
}
