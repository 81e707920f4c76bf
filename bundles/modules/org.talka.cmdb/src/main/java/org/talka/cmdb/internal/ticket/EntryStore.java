/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.util.Collection;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** What tickets have to do with, in the database. */
@Component(service = EntryStore.class)
public class EntryStore {
  private final Database database;

  @Activate
  public EntryStore(@Reference(target = "(talka.unit=cmdb)") Database database) {
    this.database = database;
  }

  public List<Entry> of(String ticket) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select e from EntryRow e where e.ticket = :ticket order by e.at, e.ref",
                    EntryRow.class)
                .setParameter("ticket", ticket)
                .getResultList()
                .stream()
                .map(EntryRow::value)
                .toList());
  }

  /** The items on these tickets, at most a page of them. */
  List<Entry> of(Collection<String> tickets) {
    if (tickets.isEmpty()) {
      return List.of();
    }
    return database.read(
        em ->
            em
                .createQuery(
                    "select e from EntryRow e where e.ticket in :tickets and e.kind = :kind",
                    EntryRow.class)
                .setParameter("tickets", tickets)
                .setParameter("kind", Entry.Kind.ITEM.word())
                .getResultList()
                .stream()
                .map(EntryRow::value)
                .toList());
  }

  /** The tickets that an item was entered on last, excluded ones apart. */
  public List<String> tickets(long item, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select e.ticket from EntryRow e where e.kind = :kind and e.ref = :item"
                        + " and e.excluded = false order by e.at desc, e.ticket",
                    String.class)
                .setParameter("kind", Entry.Kind.ITEM.word())
                .setParameter("item", item)
                .setMaxResults(limit)
                .getResultList());
  }

  /** All entries of an item, for moving them to another. */
  public List<Entry> ofItem(long item) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select e from EntryRow e where e.kind = :kind and e.ref = :item",
                    EntryRow.class)
                .setParameter("kind", Entry.Kind.ITEM.word())
                .setParameter("item", item)
                .getResultList()
                .stream()
                .map(EntryRow::value)
                .toList());
  }

  /** Adds an entry or puts it in the place of the one about the same. */
  public void put(Entry entry) {
    database.write(
        em -> {
          EntryRow row = em.find(EntryRow.class, key(entry));
          if (row == null) {
            em.persist(new EntryRow(entry));
          } else {
            row.take(entry);
          }
          return null;
        });
  }

  /** Adds entries about what has none on these tickets yet. */
  public void add(List<Entry> entries) {
    database.write(
        em -> {
          entries.forEach(entry -> em.persist(new EntryRow(entry)));
          return null;
        });
  }

  public void remove(Entry entry) {
    database.write(
        em -> {
          EntryRow row = em.find(EntryRow.class, key(entry));
          if (row != null) {
            em.remove(row);
            // one about the same may follow in this transaction
            em.flush();
          }
          return null;
        });
  }

  private static EntryRow.Key key(Entry entry) {
    return new EntryRow.Key(entry.ticket(), entry.kind().word(), entry.ref());
  }
}
