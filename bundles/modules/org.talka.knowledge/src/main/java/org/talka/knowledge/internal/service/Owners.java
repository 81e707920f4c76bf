/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.query.Filter;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.knowledge.internal.store.ArticleStore;

/** Articles that nobody looks after any more, because their owner's account was closed. */
@Component(service = Owners.class)
public class Owners {
  private final ArticleStore store;
  private final People people;

  @Activate
  public Owners(@Reference ArticleStore store, @Reference People people) {
    this.store = store;
    this.people = people;
  }

  /** As a condition; who writes is a few, however much they have written. */
  public Filter gone() {
    List<PersonId> owners = store.owners().stream().map(PersonId::new).toList();
    Map<PersonId, Person> known = people.persons(owners);
    List<Filter> gone =
        owners.stream()
            .filter(id -> known.get(id) == null || !known.get(id).active())
            .map(id -> (Filter) new Filter.Is("owner", Long.toString(id.value())))
            .toList();
    return gone.isEmpty() ? new Filter.None() : new Filter.AnyOf(gone);
  }
}
