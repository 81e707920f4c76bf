/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;

/**
 * What is asked of a class; what is null stays as it is, or is as usual for a new one.
 *
 * @param key for a new one; made of its English name when absent
 */
public record ClassValues(
    String key,
    String parent,
    Map<String, String> names,
    String icon,
    Boolean grouping,
    Boolean service,
    Boolean retired,
    List<AttributeValues> attributes,
    List<List<String>> identities) {
  /** What is asked of one of its attributes; absent parts are as usual. */
  public record AttributeValues(
      String key,
      Map<String, String> names,
      String type,
      List<String> options,
      Boolean required,
      Boolean controlled,
      Boolean retired) {}
}
