/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Database;
import org.talka.api.query.Filter;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.TicketId;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.TypeRegistry;

/** The rows of tickets. Knows nothing of callers: whoever asks has to look at visibility. */
@Component(service = TicketStore.class)
public class TicketStore {
  private static final StateCategory[] CATEGORIES = StateCategory.values();
  private static final Priority[] PRIORITIES = Priority.values();
  private static final Priority.Level[] LEVELS = Priority.Level.values();
  private static final String LIST_COLUMNS =
      "t.id, t.ticket_key, t.type, t.module_id, t.subject, t.state, t.category, t.is_open,"
          + " t.priority, t.priority_overridden, t.impact, t.urgency, t.requester_id,"
          + " t.assignee_id, t.team_id, t.organisation_id, t.tags, t.watchers, t.field_values,"
          + " t.created_at, t.updated_at, t.resolved_at, t.version";

  private final Database database;
  private final TypeRegistry registry;

  @Activate
  public TicketStore(
      @Reference(target = "(talka.unit=ticket)") Database database,
      @Reference TypeRegistry registry) {
    this.database = database;
    this.registry = registry;
  }

  public Optional<TicketImage> find(String key) {
    return database.read(
        em ->
            first(em.createNamedQuery("TicketRow.view", TicketRow.class).setParameter("key", key))
                .map(this::image));
  }

  /** Reads a ticket and keeps others from changing it until the transaction ends. */
  public Optional<TicketImage> lock(String key) {
    return database.write(
        em -> first(byKey(em, key).setLockMode(LockModeType.PESSIMISTIC_WRITE)).map(this::image));
  }

  public Optional<TicketImage> lock(TicketId id) {
    return database.write(
        em ->
            Optional.ofNullable(
                    em.find(TicketRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .map(this::image));
  }

  /** Several in one query, in the order of the ids; those that do not exist are left out. */
  public List<TicketImage> byIds(List<Long> ids, boolean descriptions) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<Long, TicketImage> found = new HashMap<>();
    database.read(
        em -> {
          List<? extends TicketColumns> rows =
              descriptions
                  ? em.createNamedQuery("TicketRow.byIds", TicketRow.class)
                      .setParameter("ids", ids)
                      .getResultList()
                  : em.createNamedQuery("TicketListRow.byIds", TicketListRow.class)
                      .setParameter("ids", ids)
                      .getResultList();
          rows.forEach(row -> found.put(row.id(), image(row)));
          return null;
        });
    List<TicketImage> ordered = new ArrayList<>(found.size());
    for (Long id : ids) {
      if (found.containsKey(id)) {
        ordered.add(found.get(id));
      }
    }
    return ordered;
  }

  /** All tickets in the order of their ids, a batch at a time. */
  public List<TicketImage> after(long id, int limit) {
    return database.read(
        em ->
            em
                .createNamedQuery("TicketRow.afterId", TicketRow.class)
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(this::image)
                .toList());
  }

  public boolean none() {
    return after(Long.MIN_VALUE, 1).isEmpty();
  }

  /** How many tickets meet the condition, at most {@code most}: the first of an index's order. */
  public int count(FilterSql filter, int most) {
    List<Object> values = new ArrayList<>(filter.values());
    values.add(most);
    return database.read(
        em -> {
          Query query =
              em.createNativeQuery(
                  "select t.id from tkt_ticket t where "
                      + filter.sql()
                      + " order by t.updated_at desc, t.id desc fetch first ? rows only");
          for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
          }
          return query.getResultList().size();
        });
  }

  /**
   * A page of a list in the order of an index, newest first, without descriptions.
   *
   * @param filter a condition that {@link FilterSql} knows
   * @param sort {@code updatedAt} or {@code createdAt}
   * @param after the last row of the page before
   */
  public List<TicketImage> page(FilterSql filter, String sort, int limit, Optional<Place> after) {
    String column = Columns.sort(sort).orElseThrow();
    StringBuilder sql = new StringBuilder("select ").append(LIST_COLUMNS);
    sql.append(" from tkt_ticket t where ").append(filter.sql());
    List<Object> values = new ArrayList<>(filter.values());
    after.ifPresent(
        place -> {
          // the first comparison is where an index scan begins, the second skips what is equal
          sql.append(" and t.").append(column).append("<=? and (t.").append(column);
          sql.append("<? or t.id<?)");
          Timestamp at = Timestamp.from(place.at());
          values.addAll(List.of(at, at, place.id()));
        });
    sql.append(" order by t.").append(column).append(" desc, t.id desc");
    sql.append(" fetch first ? rows only");
    values.add(limit);
    return database.read(em -> rows(em, sql.toString(), values));
  }

  /** Where a page ends. */
  public record Place(Instant at, long id) {}

  /** The condition that needs no join or sub-query for an index scan: equal columns only. */
  public static FilterSql equal(Map<String, String> equal) {
    Filter filter = new Filter.All();
    for (Map.Entry<String, String> term : equal.entrySet()) {
      filter = Filter.and(filter, new Filter.Is(term.getKey(), term.getValue()));
    }
    return FilterSql.of(filter).orElseThrow();
  }

  public TicketImage insert(TicketImage ticket) {
    return database.write(
        em -> {
          TicketRow row = new TicketRow(ticket.id().value());
          fill(row, ticket);
          row.key = ticket.key();
          row.type = ticket.type();
          row.module = ticket.module();
          row.createdAt = ticket.createdAt();
          em.persist(row);
          values(ticket)
              .forEach(
                  (field, words) ->
                      words.forEach(word -> em.persist(new ValueRow(row.id(), field, word))));
          em.flush();
          return image(row);
        });
  }

  /** Writes a ticket that this transaction has locked. */
  public TicketImage update(TicketImage before, TicketImage after) {
    return database.write(
        em -> {
          TicketRow row = em.find(TicketRow.class, after.id().value());
          if (row == null || row.version() != before.version()) {
            throw new ConcurrentChangeException("Somebody changed " + before.key(), null);
          }
          fill(row, after);
          Map<String, Set<String>> from = values(before);
          Map<String, Set<String>> to = values(after);
          if (!from.equals(to)) {
            rewrite(em, row.id(), to);
          }
          em.flush();
          return image(row);
        });
  }

  private static void rewrite(EntityManager em, long ticket, Map<String, Set<String>> wanted) {
    Map<String, Set<String>> missing = new LinkedHashMap<>();
    wanted.forEach((field, words) -> missing.put(field, new LinkedHashSet<>(words)));
    List<ValueRow> present =
        em.createNamedQuery("ValueRow.of", ValueRow.class)
            .setParameter("ticket", ticket)
            .getResultList();
    for (ValueRow row : present) {
      Set<String> kept = missing.get(row.field());
      if (kept == null || !kept.remove(row.value())) {
        em.remove(row);
      }
    }
    missing.forEach(
        (field, words) -> words.forEach(word -> em.persist(new ValueRow(ticket, field, word))));
  }

  /** What the narrow table holds of a ticket: keywords without a column. */
  private Map<String, Set<String>> values(TicketImage ticket) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    put(values, "tag", TicketKeywords.of(ticket, "tag"));
    put(values, "watcher", TicketKeywords.of(ticket, "watcher"));
    TicketTypes types = registry.types();
    ticket
        .fields()
        .forEach(
            (field, value) -> {
              FieldDefinition definition = types.fields().get(field);
              if (definition != null && definition.indexed()) {
                put(values, field, TicketKeywords.own(value));
              }
            });
    return values;
  }

  private static void put(Map<String, Set<String>> values, String field, Set<String> words) {
    if (!words.isEmpty()) {
      values.put(field, words);
    }
  }

  private static TypedQuery<TicketRow> byKey(EntityManager em, String key) {
    return em.createNamedQuery("TicketRow.byKey", TicketRow.class).setParameter("key", key);
  }

  private static <T> Optional<T> first(TypedQuery<T> query) {
    List<T> found = query.getResultList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  private List<TicketImage> rows(EntityManager em, String sql, List<Object> values) {
    Query query = em.createNativeQuery(sql, TicketListRow.class);
    query.setHint("eclipselink.read-only", true);
    query.setHint("eclipselink.refresh", true);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    List<TicketImage> images = new ArrayList<>();
    for (Object row : query.getResultList()) {
      images.add(image((TicketListRow) row));
    }
    return images;
  }

  private static void fill(TicketRow row, TicketImage ticket) {
    row.subject = ticket.subject();
    row.description(ticket.description());
    row.state = ticket.state();
    row.category = ticket.category().ordinal();
    row.open = ticket.category().open() ? 1 : 0;
    row.priority = ticket.priority().ordinal();
    row.priorityOverridden = ticket.priorityOverridden() ? 1 : 0;
    row.impact = ticket.impact().ordinal();
    row.urgency = ticket.urgency().ordinal();
    row.requester = ticket.requester().map(PersonId::value).orElse(null);
    row.assignee = ticket.assignee().map(PersonId::value).orElse(null);
    row.team = ticket.team().map(TeamId::value).orElse(null);
    row.organisation = ticket.organisation().map(OrganisationId::value).orElse(null);
    row.tags = StoredJson.tags(ticket.tags());
    row.watchers = StoredJson.watchers(ticket.watchers());
    row.fieldValues = StoredJson.fields(ticket.fields());
    row.updatedAt = ticket.updatedAt();
    row.resolvedAt = ticket.resolvedAt().orElse(null);
  }

  private TicketImage image(TicketColumns row) {
    TicketTypes types = registry.types();
    return new TicketImage(
        new TicketId(row.id),
        row.key,
        row.type,
        row.module,
        row.subject,
        row.description(),
        row.state,
        CATEGORIES[row.category],
        PRIORITIES[row.priority],
        row.priorityOverridden != 0,
        LEVELS[row.impact],
        LEVELS[row.urgency],
        Optional.ofNullable(row.requester).map(PersonId::new),
        Optional.ofNullable(row.assignee).map(PersonId::new),
        Optional.ofNullable(row.team).map(TeamId::new),
        Optional.ofNullable(row.organisation).map(OrganisationId::new),
        StoredJson.tags(row.tags),
        StoredJson.watchers(row.watchers),
        StoredJson.fields(row.fieldValues, types::number),
        row.createdAt,
        row.updatedAt,
        Optional.ofNullable(row.resolvedAt),
        row.version(),
        types.missing(row.type, row.module));
  }

  /** The ids of these keys; keys that do not exist are left out. */
  public Map<String, Long> ids(Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return database.read(
        em -> {
          Map<String, Long> ids = new HashMap<>();
          em.createQuery("select t.key, t.id from TicketRow t where t.key in :keys", Object[].class)
              .setParameter("keys", keys)
              .getResultList()
              .forEach(row -> ids.put((String) row[0], (Long) row[1]));
          return ids;
        });
  }
}
