/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.security.internal.origin.Origin;
import org.talka.security.internal.origin.Origins;

/** Appends to the audit. */
@Component(service = Audit.class)
public class AuditTrail implements Audit {
  private static final int MAX_ACTOR = 100;
  private static final int MAX_ACTION = 80;
  private static final int MAX_OBJECT = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final Database database;
  private final Transactions transactions;
  private final Callers callers;
  private final Origins origins;
  private final Clock clock;

  @Activate
  public AuditTrail(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference Callers callers,
      @Reference Origins origins) {
    this(database, transactions, callers, origins, Clock.systemUTC());
  }

  AuditTrail(
      Database database, Transactions transactions, Callers callers, Origins origins, Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.callers = callers;
    this.origins = origins;
    this.clock = clock;
  }

  @Override
  public void record(String action, String object, Map<String, String> details) {
    AuditEntry entry = entry(action, object, details);
    if (transactions.active()) {
      // the newest entry's row is locked from here to the commit: as late as possible
      transactions.beforeCommit(() -> append(entry));
    } else {
      append(entry);
    }
  }

  @Override
  public void recordAlways(String action, String object, Map<String, String> details) {
    AuditEntry entry = entry(action, object, details);
    transactions.separate(
        () -> {
          append(entry);
          return null;
        });
  }

  private AuditEntry entry(String action, String object, Map<String, String> details) {
    Origin origin = origins.current();
    return new AuditEntry(
        // what the database keeps, or the digest would not fit what is read back
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        cut(callers.current().username(), MAX_ACTOR),
        cut(action, MAX_ACTION),
        cut(object, MAX_OBJECT),
        Map.copyOf(details),
        origin.address(),
        origin.correlation());
  }

  private void append(AuditEntry entry) {
    String details = details(entry.details());
    database.write(
        em -> {
          Head head = next(em);
          String hash = AuditChain.link(head.hash(), head.sequence(), entry, details);
          em.persist(new AuditRow(head.sequence(), entry, details, hash));
          em.createQuery("update AuditHeadRow h set h.hash = :hash where h.id = :id")
              .setParameter("hash", hash)
              .setParameter("id", AuditHeadRow.ID)
              .executeUpdate();
          return null;
        });
  }

  /** Takes the next number; others wait for the row until this transaction ends. */
  private static Head next(EntityManager em) {
    em.createQuery("update AuditHeadRow h set h.sequence = h.sequence + 1 where h.id = :id")
        .setParameter("id", AuditHeadRow.ID)
        .executeUpdate();
    return Head.read(em);
  }

  private String details(Map<String, String> details) {
    try {
      return json.writeValueAsString(new TreeMap<>(details));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Details that can't be written as JSON", e);
    }
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }

  /** The newest entry's number and digest. */
  record Head(long sequence, String hash) {
    static Head read(EntityManager em) {
      Object[] row =
          em.createQuery(
                  "select h.sequence, h.hash from AuditHeadRow h where h.id = :id", Object[].class)
              .setParameter("id", AuditHeadRow.ID)
              .getSingleResult();
      return new Head((Long) row[0], (String) row[1]);
    }
  }
}
