/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.cmdb.internal.item.EditionRow;

/**
 * Classes and relation types in the database, read once and again after each change. Every change
 * ends an edition and begins another, so that the past can be read with the words of its day.
 */
@Component(service = SchemaStore.class)
public class SchemaStore {
  private final Database database;
  private final Transactions transactions;
  private final Clock clock;

  /** Guarded by this; null when it has to be read. */
  private Schema cached;

  /** Guarded by this; grows with every commit that makes {@link #cached} old. */
  private long generation;

  @Activate
  public SchemaStore(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Transactions transactions) {
    this(database, transactions, Clock.systemUTC());
  }

  public SchemaStore(Database database, Transactions transactions, Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** As it was at that moment. */
  public Schema at(Instant at) {
    return database.read(
        em -> {
          List<ItemClass> classes = new ArrayList<>();
          List<RelationType> types = new ArrayList<>();
          for (SchemaEditionRow row :
              em.createQuery(
                      "select e from SchemaEditionRow e where e.from <= :at and e.to > :at"
                          + " order by e.subject",
                      SchemaEditionRow.class)
                  .setParameter("at", at)
                  .getResultList()) {
            if (row.kind().equals(SchemaEditionRow.CLASS)) {
              classes.add(ItemClass.of(row.content()));
            } else {
              types.add(RelationType.of(row.content()));
            }
          }
          return new Schema(classes, types);
        });
  }

  /** Ends the present edition and begins another. */
  private void edition(EntityManager em, String kind, String subject, String content) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (SchemaEditionRow row :
        em.createQuery(
                "select e from SchemaEditionRow e where e.kind = :kind and e.subject = :subject"
                    + " and e.to = :open",
                SchemaEditionRow.class)
            .setParameter("kind", kind)
            .setParameter("subject", subject)
            .setParameter("open", EditionRow.OPEN)
            .getResultList()) {
      // a second change within the clock's step still comes after the first
      now = now.isAfter(row.from()) ? now : row.from().plus(1, ChronoUnit.MICROS);
      row.end(now);
    }
    if (content != null) {
      em.persist(new SchemaEditionRow(kind, subject, now, content));
    }
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
          edition(em, SchemaEditionRow.CLASS, c.key(), row.value().text());
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
          edition(em, SchemaEditionRow.CLASS, c.key(), row.value().text());
          return row.value();
        });
  }

  public void removeClass(String key) {
    write(
        em -> {
          em.remove(em.find(ClassRow.class, key));
          edition(em, SchemaEditionRow.CLASS, key, null);
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
          edition(em, SchemaEditionRow.RELATION_TYPE, type.key(), row.value().text());
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
          edition(em, SchemaEditionRow.RELATION_TYPE, type.key(), row.value().text());
          return row.value();
        });
  }

  public void removeRelationType(String key) {
    write(
        em -> {
          em.remove(em.find(RelationTypeRow.class, key));
          edition(em, SchemaEditionRow.RELATION_TYPE, key, null);
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
