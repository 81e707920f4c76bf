/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** Reads the audit and tells whether it is whole. */
@Component(service = AuditReader.class)
public class AuditReader {
  private static final int PAGE = 500;
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  private final ObjectMapper json = new ObjectMapper();
  private final Database database;

  @Activate
  public AuditReader(@Reference(target = "(talka.unit=security)") Database database) {
    this.database = database;
  }

  /** An entry as it is shown. */
  public record Entry(
      long sequence,
      Instant at,
      String actor,
      String action,
      String object,
      Map<String, String> details,
      String address,
      String correlationId) {}

  /**
   * @param entries how many entries were read
   * @param brokenAt the first entry that does not follow from the one before, if any
   */
  public record Verification(boolean intact, long entries, Optional<Long> brokenAt) {}

  /**
   * What is looked for.
   *
   * @param object whole, or its kind with the colon
   * @param from the first moment
   * @param to the first moment that is not meant any more
   */
  public record Wanted(
      Optional<String> actor,
      Optional<String> action,
      Optional<String> object,
      Optional<Instant> from,
      Optional<Instant> to) {
    /** Narrows the entries, as JPQL with the values in {@code named}. */
    private String conditions(Map<String, Object> named) {
      StringBuilder jpql = new StringBuilder();
      add(jpql, named, "actor", " and a.actor = :actor", actor);
      add(jpql, named, "action", " and a.action = :action", action);
      add(jpql, named, "object", " and a.object = :object", object.filter(o -> !o.endsWith(":")));
      add(
          jpql,
          named,
          "kind",
          " and a.object like :kind escape '!'",
          object.filter(o -> o.endsWith(":")).map(o -> o.replaceAll("[!%_]", "!$0") + "%"));
      add(jpql, named, "low", " and a.at >= :low", from);
      add(jpql, named, "high", " and a.at < :high", to);
      return jpql.toString();
    }

    private static void add(
        StringBuilder jpql,
        Map<String, Object> named,
        String name,
        String condition,
        Optional<?> value) {
      value.ifPresent(
          v -> {
            jpql.append(condition);
            named.put(name, v);
          });
    }
  }

  /** Entries before a number, the newest first. */
  public List<Entry> before(
      long sequence, Optional<String> actor, Optional<String> action, int limit) {
    return before(
        sequence,
        new Wanted(actor, action, Optional.empty(), Optional.empty(), Optional.empty()),
        limit);
  }

  /** Entries before a number, the newest first. */
  public List<Entry> before(long sequence, Wanted wanted, int limit) {
    return database.read(
        em -> {
          Map<String, Object> named = new HashMap<>();
          TypedQuery<AuditRow> query =
              em.createQuery(
                      "select a from AuditRow a where a.sequence < :seq"
                          + wanted.conditions(named)
                          + " order by a.sequence desc",
                      AuditRow.class)
                  .setParameter("seq", sequence);
          named.forEach(query::setParameter);
          return query.setMaxResults(limit).getResultList().stream().map(this::entry).toList();
        });
  }

  /** Recomputes the whole chain, some hundred entries at a time. */
  public Verification verify() {
    AuditTrail.Head head = database.read(AuditTrail.Head::read);
    String before = AuditChain.START;
    long expected = 1;
    while (expected <= head.sequence()) {
      long from = expected;
      List<AuditRow> rows = database.read(em -> page(em, from, head.sequence()));
      for (AuditRow row : rows) {
        if (row.sequence() != expected || !row.hash().equals(link(before, row))) {
          return new Verification(false, expected - 1, Optional.of(expected));
        }
        before = row.hash();
        expected++;
      }
      if (rows.isEmpty()) {
        return new Verification(false, expected - 1, Optional.of(expected));
      }
    }
    boolean whole = before.equals(head.hash());
    return new Verification(
        whole, head.sequence(), whole ? Optional.empty() : Optional.of(head.sequence()));
  }

  private static List<AuditRow> page(EntityManager em, long from, long to) {
    return em.createQuery(
            "select a from AuditRow a where a.sequence between :low and :high order by a.sequence",
            AuditRow.class)
        .setParameter("low", from)
        .setParameter("high", to)
        .setMaxResults(PAGE)
        .getResultList();
  }

  private static String link(String before, AuditRow row) {
    AuditEntry entry =
        new AuditEntry(
            row.at(),
            row.actor(),
            row.action(),
            row.object(),
            Map.of(),
            row.address(),
            row.correlation());
    return AuditChain.link(before, row.sequence(), entry, row.details());
  }

  private Entry entry(AuditRow row) {
    return new Entry(
        row.sequence(),
        row.at(),
        row.actor(),
        row.action(),
        row.object(),
        details(row.details()),
        row.address(),
        row.correlation());
  }

  private Map<String, String> details(String text) {
    try {
      return json.readValue(text, DETAILS);
    } catch (JsonProcessingException e) {
      // somebody wrote into the table by hand: the verification tells where
      return Map.of("unreadable", text);
    }
  }
}
