/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.access.RuleOwners;

/** Keeps in the desk's database whose records are hidden by rules. */
@Component
public class DatabaseRuleOwners implements RuleOwners {
  private final Database database;

  @Activate
  public DatabaseRuleOwners(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  @Override
  public Set<String> all() {
    return database.read(
        em ->
            em
                .createQuery("select r from RuleOwnerRow r", RuleOwnerRow.class)
                .getResultList()
                .stream()
                .map(RuleOwnerRow::module)
                .collect(Collectors.toSet()));
  }

  @Override
  public void add(String module) {
    database.write(
        em -> {
          if (em.find(RuleOwnerRow.class, module) == null) {
            em.persist(new RuleOwnerRow(module));
          }
          return null;
        });
  }

  @Override
  public void remove(String module) {
    database.write(
        em -> {
          RuleOwnerRow row = em.find(RuleOwnerRow.class, module);
          if (row != null) {
            em.remove(row);
          }
          return null;
        });
  }
}
