/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.List;
import java.util.Map;
import org.talka.ticket.internal.design.OptionDesign;

/**
 * What an administrator gives for a field; null where nothing is said.
 *
 * @param key of a new field; made from its name when null
 * @param type of a new field
 * @param on ticket types
 * @param names language to name
 * @param options of a choice, in their order; the key of a new one is made from its name when null
 * @param section of the forms in which a new field is shown; the last when null, none when empty
 * @param portal whether requesters fill a new field in, too
 */
public record FieldWishes(
    String key,
    String type,
    List<String> on,
    Map<String, String> names,
    Map<String, String> help,
    List<OptionDesign> options,
    Boolean multiple,
    Boolean required,
    String audience,
    Long max,
    Boolean retired,
    String section,
    Boolean portal) {

  /** Whether nothing but how it is called is to change. */
  boolean namesAlone() {
    return on == null
        && options == null
        && multiple == null
        && required == null
        && audience == null
        && max == null
        && retired == null
        && section == null
        && portal == null;
  }
}
