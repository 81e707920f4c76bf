/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.cmdb.internal.graph.ItemGraph;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** What must hold for items, and which of them it does not hold for. */
@Component(service = AuditRules.class)
public class AuditRules {
  private static final int MOST = 50;
  private static final int LONGEST = 80;
  private static final int MOST_DAYS = 3_650;

  private final Database database;
  private final ItemStore items;
  private final ItemGraph graph;
  private final SchemaStore schema;
  private final Audit audit;
  private final Clock clock;

  @Activate
  public AuditRules(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference ItemStore items,
      @Reference ItemGraph graph,
      @Reference SchemaStore schema,
      @Reference Audit audit) {
    this(database, items, graph, schema, audit, Clock.systemUTC());
  }

  AuditRules(
      Database database,
      ItemStore items,
      ItemGraph graph,
      SchemaStore schema,
      Audit audit,
      Clock clock) {
    this.database = database;
    this.items = items;
    this.graph = graph;
    this.schema = schema;
    this.audit = audit;
    this.clock = clock;
  }

  /** In the order in which they were made; there are never many. */
  public List<AuditRule> all() {
    return database.read(
        em ->
            em
                .createQuery("select r from AuditRuleRow r order by r.id", AuditRuleRow.class)
                .getResultList()
                .stream()
                .map(AuditRuleRow::value)
                .toList());
  }

  public AuditRule get(long id) {
    return all().stream()
        .filter(rule -> rule.id() == id)
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("error.cmdb.rule.unknown"));
  }

  /**
   * @param kind {@code field}, {@code relation} or {@code fresh}
   */
  public AuditRule create(String name, String classKey, String kind, String subject, Integer days) {
    List<FieldError> errors = new ArrayList<>();
    String given = name == null ? "" : name.strip();
    if (given.isEmpty()) {
      errors.add(new FieldError("name", Text.of("error.cmdb.required")));
    } else if (given.length() > LONGEST) {
      errors.add(new FieldError("name", Text.of("error.cmdb.long", "max", LONGEST)));
    }
    Schema now = schema.current();
    String of = classKey == null ? "" : classKey;
    if (now.itemClass(of).isEmpty()) {
      errors.add(new FieldError("classKey", Text.of("error.cmdb.class.unknown", "value", of)));
    }
    String about = subject == null ? "" : subject.strip();
    AuditRule.Kind asked = AuditRule.Kind.of(kind == null ? "" : kind).orElse(null);
    if (asked == null) {
      errors.add(
          new FieldError("kind", Text.of("error.cmdb.choice", "value", String.valueOf(kind))));
    } else if (asked == AuditRule.Kind.FIELD && !field(now, of, about)) {
      errors.add(
          new FieldError("subject", Text.of("error.cmdb.attribute.unknown", "value", about)));
    } else if (asked == AuditRule.Kind.RELATION && now.relationType(about).isEmpty()) {
      errors.add(
          new FieldError("subject", Text.of("error.cmdb.relationType.unknown", "value", about)));
    } else if (asked == AuditRule.Kind.FRESH && (days == null || days < 1 || days > MOST_DAYS)) {
      errors.add(new FieldError("days", Text.of("error.cmdb.range", "min", 1, "max", MOST_DAYS)));
    }
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    boolean fresh = asked == AuditRule.Kind.FRESH;
    return database.write(
        em -> {
          if (all().size() >= MOST) {
            throw DomainException.invalid("name", "error.cmdb.many", "max", MOST);
          }
          Long last =
              em.createQuery("select max(r.id) from AuditRuleRow r", Long.class).getSingleResult();
          AuditRule rule =
              new AuditRule(
                  last == null ? 1 : last + 1,
                  given,
                  of,
                  asked,
                  fresh ? "" : about,
                  fresh ? days : 0);
          em.persist(new AuditRuleRow(rule));
          audit.record("cmdb.rule.created", "cmdb-rule:" + rule.id(), Map.of("name", given));
          return rule;
        });
  }

  private static boolean field(Schema schema, String classKey, String field) {
    return Field.BUILT_IN.contains(field) || schema.attributes(classKey).containsKey(field);
  }

  public void remove(long id) {
    AuditRule rule = get(id);
    database.write(
        em -> {
          em.remove(em.find(AuditRuleRow.class, id));
          audit.record("cmdb.rule.removed", "cmdb-rule:" + id, Map.of("name", rule.name()));
          return null;
        });
  }

  /** The first items that break a rule, of those that may be seen. */
  public List<Item> breaches(AuditRule rule, Sight sight, int limit) {
    Check check = check(List.of(rule));
    List<Item> found = new ArrayList<>();
    items.each(
        schema.current().beneath(rule.classKey()),
        item -> {
          if (found.size() < limit && sight.covers(item) && check.broken(item)) {
            found.add(item);
          }
        });
    return found;
  }

  /** Judges items by all rules, as the graph and the clock are now. */
  Check check() {
    return check(all());
  }

  private Check check(List<AuditRule> rules) {
    Map<String, Set<Long>> tied = new HashMap<>();
    graph.ask(
        g -> {
          rules.stream()
              .filter(rule -> rule.kind() == AuditRule.Kind.RELATION)
              .forEach(rule -> tied.put(rule.subject(), new HashSet<>(g.tied(rule.subject()))));
          return null;
        });
    return new Check(rules, schema.current(), tied, clock.instant());
  }

  /** All that is needed to judge an item. */
  record Check(List<AuditRule> rules, Schema schema, Map<String, Set<Long>> tied, Instant now) {
    boolean broken(Item item) {
      return !item.status().equals(Field.RETIRED)
          && rules.stream()
              .anyMatch(rule -> schema.isA(item.classKey(), rule.classKey()) && !holds(rule, item));
    }

    private boolean holds(AuditRule rule, Item item) {
      return switch (rule.kind()) {
        case FIELD -> item.fields().containsKey(rule.subject());
        case RELATION ->
            schema.relationType(rule.subject()).isEmpty()
                || tied.get(rule.subject()).contains(item.id());
        case FRESH -> !looked(item).isBefore(now.minus(Duration.ofDays(rule.days())));
      };
    }

    private static Instant looked(Item item) {
      Instant seen = item.seenAt().orElse(Instant.EPOCH);
      Instant verified = item.verifiedAt().orElse(Instant.EPOCH);
      return seen.isAfter(verified) ? seen : verified;
    }
  }
}
