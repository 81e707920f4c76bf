/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;

/** Classes and relation types in the database, read once and again after each change. */
@Component(service = SchemaStore.class)
public class SchemaStore {
  private final Database database;
  private final Transactions transactions;

  /** Guarded by this; null when it has to be read. */
  private Schema cached;

  /** Guarded by this; grows with every commit that makes {@link #cached} old. */
  private long generation;

  @Activate
  public SchemaStore(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  /** As it is now; inside a transaction with what that has changed. */
  public Schema current() {
    if (transactions.active()) {
      return database.read(SchemaStore::load);
    }
    long before;
    synchronized (this) {
      if (cached != null) {
        return cached;
      }
      before = generation;
    }
    Schema read = database.read(SchemaStore::load);
    synchronized (this) {
      if (before == generation) {
        cached = read;
      }
    }
    return read;
  }

  /** Adds a class; gives it back with its version. */
  public ItemClass add(ItemClass c) {
    return write(
        em -> {
          ClassRow row = new ClassRow(c.key());
          row.take(c);
          em.persist(row);
          em.flush();
          return row.value();
        });
  }

  public ItemClass change(ItemClass c, long version) {
    return write(
        em -> {
          ClassRow row = em.find(ClassRow.class, c.key());
          seen(row.version(), version);
          row.take(c);
          em.flush();
          return row.value();
        });
  }

  public void removeClass(String key) {
    write(
        em -> {
          em.remove(em.find(ClassRow.class, key));
          return null;
        });
  }

  public RelationType add(RelationType type) {
    return write(
        em -> {
          RelationTypeRow row = new RelationTypeRow(type.key());
          row.take(type);
          em.persist(row);
          em.flush();
          return row.value();
        });
  }

  public RelationType change(RelationType type, long version) {
    return write(
        em -> {
          RelationTypeRow row = em.find(RelationTypeRow.class, type.key());
          seen(row.version(), version);
          row.take(type);
          em.flush();
          return row.value();
        });
  }

  public void removeRelationType(String key) {
    write(
        em -> {
          em.remove(em.find(RelationTypeRow.class, key));
          return null;
        });
  }

  private static void seen(long current, long version) {
    if (current != version) {
      throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
    }
  }

  private <T> T write(java.util.function.Function<EntityManager, T> work) {
    return database.write(
        em -> {
          T result = work.apply(em);
          transactions.afterCommit(this::forget);
          return result;
        });
  }

  private synchronized void forget() {
    generation++;
    cached = null;
  }

  private static Schema load(EntityManager em) {
    List<ClassRow> classes =
        em.createQuery("select c from ClassRow c order by c.key", ClassRow.class).getResultList();
    List<RelationTypeRow> types =
        em.createQuery("select r from RelationTypeRow r order by r.key", RelationTypeRow.class)
            .getResultList();
    return new Schema(
        classes.stream().map(ClassRow::value).toList(),
        types.stream().map(RelationTypeRow::value).toList());
  }
}
