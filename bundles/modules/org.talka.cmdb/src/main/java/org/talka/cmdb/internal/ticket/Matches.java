/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.cmdb.internal.Folded;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemQuery;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;

/** Items that a text may mean, of those that the caller may see. */
@Component(service = Matches.class)
public class Matches {
  private static final int MOST = 3;

  private final Items items;
  private final ItemStore store;
  private final TicketItems affected;

  @Activate
  public Matches(
      @Reference Items items, @Reference ItemStore store, @Reference TicketItems affected) {
    this.items = items;
    this.store = store;
    this.affected = affected;
  }

  /** The one whose number it tells, else those that have its words. */
  public List<Item> of(String text) {
    Optional<Item> certain = affected.labelledItem(text);
    if (certain.isPresent()) {
      return List.of(certain.get());
    }
    List<String> words = List.copyOf(Folded.words(text));
    if (words.isEmpty()) {
      return List.of();
    }
    ItemQuery query =
        new ItemQuery(
            words,
            Set.of(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            items.sight(),
            false,
            MOST,
            Optional.empty());
    return store.list(query).items();
  }
}
