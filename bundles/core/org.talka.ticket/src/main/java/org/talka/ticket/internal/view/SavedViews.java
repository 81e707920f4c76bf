/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
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

  private final ViewStore store;
  private final ViewRules rules;
  private final NumberSeries numbers;
  private final Callers callers;
  private final People people;
  private final Transactions transactions;

  @Activate
  public SavedViews(
      @Reference ViewStore store,
      @Reference ViewRules rules,
      @Reference NumberSeries numbers,
      @Reference Callers callers,
      @Reference People people,
      @Reference Transactions transactions) {
    this.store = store;
    this.rules = rules;
    this.numbers = numbers;
    this.callers = callers;
    this.people = people;
    this.transactions = transactions;
  }

  /** Those that the caller sees, in the order in which they were made. */
  public List<SavedView> mine() {
    Caller caller = callers.current();
    return caller.person().map(me -> store.seen(me, caller.teams())).orElse(List.of());
  }

  public SavedView get(long id) {
    return store
        .find(id)
        .filter(view -> view.sharing().sees(callers.current()))
        .orElseThrow(() -> none(id));
  }

  public boolean mayChange(SavedView view) {
    return view.sharing().mayChange(callers.current(), ViewRules.SHARE);
  }

  public SavedView create(ViewValues values) {
    Caller caller = callers.current();
    PersonId owner =
        caller.person().orElseThrow(() -> DomainException.forbidden("error.ticket.share.nobody"));
    SavedView view = rules.view(caller, numbers.id(), owner, values, 1);
    transactions.required(
        () -> {
          if (store.countOf(owner) >= MANY) {
            throw DomainException.conflict("error.ticket.view.too-many", "max", MANY);
          }
          store.add(view);
          return null;
        });
    return view;
  }

  /**
   * @param version the one that the client saw
   */
  public SavedView change(long id, long version, ViewValues values) {
    Caller caller = callers.current();
    return transactions.required(
        () -> {
          SavedView before = changeable(id);
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          String team = before.sharing().team().flatMap(people::team).map(Team::key).orElse(null);
          SavedView after =
              rules.view(
                  caller, id, before.sharing().owner(), values.over(before, team), version + 1);
          store.replace(after);
          return after;
        });
  }

  public void remove(long id) {
    transactions.required(
        () -> {
          store.remove(changeable(id).id());
          return null;
        });
  }

  private SavedView changeable(long id) {
    SavedView view =
        store
            .lock(id)
            .filter(found -> found.sharing().sees(callers.current()))
            .orElseThrow(() -> none(id));
    if (!mayChange(view)) {
      throw DomainException.forbidden("error.ticket.share.forbidden", "name", view.name());
    }
    return view;
  }

  private static DomainException none(long id) {
    return DomainException.notFound("error.ticket.view.unknown", "id", id);
  }
}
