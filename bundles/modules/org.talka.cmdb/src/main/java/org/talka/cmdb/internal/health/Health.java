/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.cmdb.internal.graph.ItemGraph;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.merge.Duplicates;
import org.talka.cmdb.internal.schema.Identity;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Counts how well items are recorded, and keeps the figures of each day. */
@Component(service = Health.class)
public class Health {
  /** What nobody has looked at for so long may be wrong by now. */
  private static final Duration FRESH = Duration.ofDays(180);

  private static final int DAYS = 60;
  private static final long NO_TEAM = -1;

  private final Database database;
  private final ItemStore store;
  private final ItemGraph graph;
  private final SchemaStore schema;
  private final Duplicates duplicates;
  private final AuditRules rules;
  private final Clock clock;

  @Activate
  public Health(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference ItemStore store,
      @Reference ItemGraph graph,
      @Reference SchemaStore schema,
      @Reference Duplicates duplicates,
      @Reference AuditRules rules) {
    this(database, store, graph, schema, duplicates, rules, Clock.systemUTC());
  }

  Health(
      Database database,
      ItemStore store,
      ItemGraph graph,
      SchemaStore schema,
      Duplicates duplicates,
      AuditRules rules,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.graph = graph;
    this.schema = schema;
    this.duplicates = duplicates;
    this.rules = rules;
    this.clock = clock;
  }

  /** The figures of one day, all owners together. */
  public record Day(LocalDate day, Figures figures) {}

  /**
   * The figures by owner as they were counted last; they are counted now if they never were.
   *
   * @param sight whose items are told of
   */
  public List<Figures> last(Sight sight) {
    List<HealthRow> rows = lastRows();
    if (rows.isEmpty()) {
      count();
      rows = lastRows();
    }
    Map<Long, Figures> byOwner = new TreeMap<>();
    for (HealthRow row : rows) {
      Figures figures = row.value();
      if (sight.covers(figures.owner(), row.team())) {
        byOwner.merge(figures.owner(), figures, Figures::plus);
      }
    }
    return List.copyOf(byOwner.values());
  }

  private List<HealthRow> lastRows() {
    return database.read(
        em ->
            em.createQuery(
                    "select h from HealthRow h where h.day = (select max(l.day) from HealthRow l)",
                    HealthRow.class)
                .getResultList());
  }

  private record Keeper(long owner, long team) {}

  /**
   * Counts all items and keeps the figures for this day.
   *
   * @return how many items there are
   */
  public synchronized int count() {
    Instant now = clock.instant();
    Schema current = schema.current();
    Set<Long> alike = duplicates.ids();
    Set<Long> tied = tied();
    AuditRules.Check check = rules.check();
    Map<Keeper, Figures> counted = new HashMap<>();
    store.each(
        new TreeSet<>(current.classes().stream().map(c -> c.key()).toList()),
        item -> {
          if (!item.status().equals(Field.RETIRED)) {
            Keeper keeper =
                new Keeper(item.owner().orElse(Figures.NOBODY), item.team().orElse(NO_TEAM));
            counted.merge(
                keeper,
                Figures.none(keeper.owner())
                    .plus(
                        complete(current, item),
                        stale(item, now),
                        !tied.contains(item.id()),
                        alike.contains(item.id()),
                        check.broken(item)),
                Figures::plus);
          }
        });
    keep(LocalDate.ofInstant(now, ZoneOffset.UTC), counted);
    return counted.values().stream().mapToInt(Figures::items).sum();
  }

  /** The days on which they were counted, the latest first. */
  public List<Day> days() {
    return days(Sight.EVERYTHING, OptionalLong.empty());
  }

  /**
   * The same of the items of one owner, as far as they may be seen.
   *
   * @param owner {@value Figures#NOBODY} for nobody
   */
  public List<Day> days(Sight sight, long owner) {
    return days(sight, OptionalLong.of(owner));
  }

  private List<Day> days(Sight sight, OptionalLong owner) {
    Map<LocalDate, Figures> byDay = new TreeMap<>(java.util.Comparator.reverseOrder());
    String from = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS).toString();
    database
        .read(
            em ->
                em.createQuery("select h from HealthRow h where h.day > :from", HealthRow.class)
                    .setParameter("from", from)
                    .getResultList())
        .forEach(
            row -> {
              Figures figures = row.value();
              if (sight.covers(figures.owner(), row.team())
                  && (owner.isEmpty() || owner.getAsLong() == figures.owner())) {
                byDay.merge(row.day(), Figures.none(Figures.NOBODY).plus(figures), Figures::plus);
              }
            });
    return byDay.entrySet().stream().map(e -> new Day(e.getKey(), e.getValue())).toList();
  }

  private static boolean complete(Schema schema, Item item) {
    Map<String, String> fields = item.fields();
    return (item.owner().isPresent() || item.team().isPresent())
        && schema.attributes(item.classKey()).values().stream()
            .allMatch(a -> !a.required() || a.retired() || fields.containsKey(a.key()))
        && schema.identities(item.classKey()).stream()
            .anyMatch(key -> Identity.of(key, fields).isPresent());
  }

  private static boolean stale(Item item, Instant now) {
    Instant looked = item.createdAt();
    for (Instant at : List.of(item.seenAt().orElse(looked), item.verifiedAt().orElse(looked))) {
      looked = at.isAfter(looked) ? at : looked;
    }
    return looked.isBefore(now.minus(FRESH));
  }

  private Set<Long> tied() {
    return graph.ask(g -> g.tied());
  }

  private void keep(LocalDate day, Map<Keeper, Figures> counted) {
    database.write(
        em -> {
          em.createQuery("delete from HealthRow h where h.day = :day")
              .setParameter("day", day.toString())
              .executeUpdate();
          counted.forEach(
              (keeper, figures) -> em.persist(new HealthRow(day, keeper.team(), figures)));
          return null;
        });
  }
}
