/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.cmdb.internal.FieldText;
import org.talka.cmdb.internal.item.Draft;

/**
 * What a trial would have made and changed so far: rows that come later are compared with it as
 * they would be with the database. Kept as texts, since there may be as many as rows. One thread.
 */
final class Overlay {
  private final Matcher matcher;
  private final Map<Long, String> texts = new HashMap<>();
  private final Set<String> ties = new HashSet<>();
  private long last;

  Overlay(List<List<String>> keys) {
    matcher = new Matcher(keys);
  }

  Matcher matcher() {
    return matcher;
  }

  /** A number for an item that will never be. */
  long reserve() {
    return --last;
  }

  void put(Draft draft) {
    matcher.add(draft.id(), draft.fields());
    texts.put(
        draft.id(),
        FieldText.join(List.of(FieldText.write(draft.fields()), FieldText.write(draft.sources()))));
  }

  /**
   * What it would be by now.
   *
   * @param before what it is; absent for one that would be new
   */
  Optional<Draft> get(long id, Optional<org.talka.cmdb.internal.item.Item> before) {
    String text = texts.get(id);
    if (text == null) {
      return Optional.empty();
    }
    List<String> parts = FieldText.split(text);
    return Optional.of(
        new Draft(
            id, before, FieldText.read(parts.get(0)), FieldText.read(parts.get(1)), false, false));
  }

  /** Relations that there would be, and ends that would be taken. */
  Set<String> ties() {
    return ties;
  }
}
