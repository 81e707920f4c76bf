/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.time;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.item.ItemStore;

/** Takes baselines and forgets them. */
@Component(service = Baselines.class)
public class Baselines {
  private static final int LONGEST = 80;
  private static final int MOST = 200;

  private final Database database;
  private final ItemStore items;
  private final Callers callers;
  private final Audit audit;

  @Activate
  public Baselines(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference ItemStore items,
      @Reference Callers callers,
      @Reference Audit audit) {
    this.database = database;
    this.items = items;
    this.callers = callers;
    this.audit = audit;
  }

  /** The latest first; there are never many. */
  public List<Baseline> all() {
    return database.read(
        em ->
            em
                .createQuery("select b from BaselineRow b order by b.id desc", BaselineRow.class)
                .setMaxResults(MOST)
                .getResultList()
                .stream()
                .map(BaselineRow::value)
                .toList());
  }

  public Baseline get(long id) {
    return database.read(
        em -> {
          BaselineRow row = em.find(BaselineRow.class, id);
          if (row == null) {
            throw DomainException.notFound("error.cmdb.baseline.unknown");
          }
          return row.value();
        });
  }

  public Baseline take(String name) {
    String given = name == null ? "" : name.strip();
    if (given.isEmpty()) {
      throw DomainException.invalid("name", "error.cmdb.required");
    }
    if (given.length() > LONGEST) {
      throw DomainException.invalid("name", "error.cmdb.long", "max", LONGEST);
    }
    return database.write(
        em -> {
          if (all().size() >= MOST) {
            throw DomainException.invalid("name", "error.cmdb.many", "max", MOST);
          }
          Long last =
              em.createQuery("select max(b.id) from BaselineRow b", Long.class).getSingleResult();
          BaselineRow row =
              new BaselineRow(
                  last == null ? 1 : last + 1, given, items.now(), callers.current().username());
          em.persist(row);
          audit.record(
              "cmdb.baseline.taken", "cmdb-baseline:" + row.value().id(), Map.of("name", given));
          return row.value();
        });
  }

  public void forget(long id) {
    Baseline baseline = get(id);
    database.write(
        em -> {
          em.remove(em.find(BaselineRow.class, id));
          audit.record(
              "cmdb.baseline.removed", "cmdb-baseline:" + id, Map.of("name", baseline.name()));
          return null;
        });
  }
}
