/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.ui.DashboardDefinition;
import org.talka.module.Declarations;
import org.talka.module.ModuleDescriptor;
import org.talka.ticket.internal.share.Shelf;
import org.talka.ticket.internal.store.DashboardStore;
import org.talka.ticket.internal.store.NumberSeries;

/**
 * Dashboards that are declared to begin with, and those that people keep, for themselves, for a
 * team or for everybody. A dashboard only says what is asked: the answers are those of whoever
 * looks.
 */
@Component(service = Dashboards.class)
public class Dashboards {
  /** So that nobody's list of dashboards becomes one that needs pages. */
  private static final int MANY = 30;

  private final Shelf<Dashboard> shelf;
  private final DashboardRules rules;
  private final NumberSeries numbers;
  private final Callers callers;
  private final People people;
  private final Declarations declarations;

  @Activate
  public Dashboards(
      @Reference DashboardStore store,
      @Reference DashboardRules rules,
      @Reference NumberSeries numbers,
      @Reference Callers callers,
      @Reference People people,
      @Reference Transactions transactions,
      @Reference Declarations declarations) {
    this.shelf =
        new Shelf<>(
            store,
            callers,
            transactions,
            new Shelf.Kind(
                "error.ticket.dashboard.unknown",
                "error.ticket.dashboard.too-many",
                DashboardRules.SHARE,
                MANY));
    this.rules = rules;
    this.numbers = numbers;
    this.callers = callers;
    this.people = people;
    this.declarations = declarations;
  }

  /** Those that the caller sees, in the order in which they were made. */
  public List<Dashboard> mine() {
    return shelf.mine();
  }

  public Dashboard get(long id) {
    return shelf.get(id);
  }

  public boolean mayChange(Dashboard dashboard) {
    return shelf.mayChange(dashboard);
  }

  /** Those to begin with that the caller may see, in their order. */
  public List<DashboardDefinition> declared() {
    Caller caller = callers.current();
    List<DashboardDefinition> declared = new ArrayList<>();
    for (ModuleDescriptor descriptor : declarations.current()) {
      descriptor.dashboards().stream()
          .filter(each -> each.permission() == null || caller.may(each.permission()))
          .forEach(declared::add);
    }
    declared.sort(
        Comparator.comparingInt(DashboardDefinition::order)
            .thenComparing(DashboardDefinition::key));
    return declared;
  }

  public Optional<DashboardDefinition> declared(String key) {
    return declared().stream().filter(each -> each.key().equals(key)).findFirst();
  }

  public Dashboard create(DashboardValues values) {
    return shelf.create(
        owner -> rules.dashboard(callers.current(), numbers.id(), owner, values, List.of(), 1));
  }

  /**
   * @param version the one that the client saw
   */
  public Dashboard change(long id, long version, DashboardValues values) {
    return shelf.change(
        id,
        version,
        before ->
            rules.dashboard(
                callers.current(),
                id,
                before.sharing().owner(),
                values.over(before, before.sharing().teamKey(people)),
                before.widgets(),
                version + 1));
  }

  public void remove(long id) {
    shelf.remove(id);
  }
}
