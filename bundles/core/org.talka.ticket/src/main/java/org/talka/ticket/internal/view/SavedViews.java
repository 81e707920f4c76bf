/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.ticket.internal.share.Shelf;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.store.ViewStore;

/**
 * Views that people saved, for themselves, for a team or for everybody. A view only names a list:
 * which tickets are in it is decided anew for whoever looks.
 */
@Component(service = SavedViews.class)
public class SavedViews {
  /** So that nobody's list of views becomes one that needs pages. */
  private static final int MANY = 50;

  private final Shelf<SavedView> shelf;
  private final ViewRules rules;
  private final NumberSeries numbers;
  private final Callers callers;
  private final People people;

  @Activate
  public SavedViews(
      @Reference ViewStore store,
      @Reference ViewRules rules,
      @Reference NumberSeries numbers,
      @Reference Callers callers,
      @Reference People people,
      @Reference Transactions transactions) {
    this.shelf =
        new Shelf<>(
            store,
            callers,
            transactions,
            new Shelf.Kind(
                "error.ticket.view.unknown", "error.ticket.view.too-many", ViewRules.SHARE, MANY));
    this.rules = rules;
    this.numbers = numbers;
    this.callers = callers;
    this.people = people;
  }

  /** Those that the caller sees, in the order in which they were made. */
  public List<SavedView> mine() {
    return shelf.mine();
  }

  public SavedView get(long id) {
    return shelf.get(id);
  }

  public boolean mayChange(SavedView view) {
    return shelf.mayChange(view);
  }

  public SavedView create(ViewValues values) {
    return shelf.create(owner -> rules.view(callers.current(), numbers.id(), owner, values, 1));
  }

  /**
   * @param version the one that the client saw
   */
  public SavedView change(long id, long version, ViewValues values) {
    return shelf.change(
        id,
        version,
        before ->
            rules.view(
                callers.current(),
                id,
                before.sharing().owner(),
                values.over(before, before.sharing().teamKey(people)),
                version + 1));
  }

  public void remove(long id) {
    shelf.remove(id);
  }
}
