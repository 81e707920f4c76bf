/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * A configuration item as it is now.
 *
 * @param edition grows with every change of its fields
 * @param fields its values in the form that they are stored in, built-in and own; what is empty is
 *     absent
 * @param sources who last said each value: {@code hand} or the name of a source
 * @param away whether it is no item any more: merged into another, or its import was undone
 * @param version what {@code If-Match} is compared with
 */
public record Item(
    long id,
    int edition,
    SortedMap<String, String> fields,
    Map<String, String> sources,
    boolean away,
    OptionalLong mergedInto,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> seenAt,
    Optional<Instant> verifiedAt,
    Optional<String> verifiedBy,
    long version) {
  public String key() {
    return ItemKey.of(id);
  }

  public String name() {
    return fields.getOrDefault(Field.NAME, "");
  }

  public String classKey() {
    return fields.getOrDefault(Field.CLASS, "");
  }

  public String status() {
    return fields.getOrDefault(Field.STATUS, "");
  }

  public OptionalLong owner() {
    return number(Field.OWNER);
  }

  public OptionalLong team() {
    return number(Field.TEAM);
  }

  private OptionalLong number(String field) {
    String value = fields.get(field);
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
  }
}
