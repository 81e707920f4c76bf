/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.share;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** Where things of one kind that people share are stored. */
public interface SharedStore<T extends Shared> {
  /**
   * One's own, those of one's teams and those of everybody, in the order in which they were made.
   */
  List<T> seen(PersonId me, Set<TeamId> teams);

  long countOf(PersonId owner);

  Optional<T> find(long id);

  /** Reads one and keeps others from changing it until the transaction ends. */
  Optional<T> lock(long id);

  void add(T thing);

  void replace(T thing);

  void remove(long id);
}
