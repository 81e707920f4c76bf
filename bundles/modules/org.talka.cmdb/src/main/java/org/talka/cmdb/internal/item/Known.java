/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.talka.api.security.People;

/** Who and what values may name. Remembers what it was asked; used for one transaction. */
public final class Known {
  private final People people;
  private final LongPredicate exists;
  private final Map<String, Optional<Long>> persons = new HashMap<>();
  private final Map<String, Optional<Long>> teams = new HashMap<>();

  /**
   * @param exists whether there is an item with this id
   */
  public Known(People people, LongPredicate exists) {
    this.people = people;
    this.exists = exists;
  }

  Optional<Long> person(String username) {
    return persons.computeIfAbsent(
        username, name -> people.personByUsername(name).map(p -> p.id().value()));
  }

  Optional<Long> team(String key) {
    return teams.computeIfAbsent(key, name -> people.teamByKey(name).map(t -> t.id().value()));
  }

  boolean item(long id) {
    return exists.test(id);
  }
}
