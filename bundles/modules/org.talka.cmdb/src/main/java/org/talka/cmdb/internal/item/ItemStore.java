/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.query.Page;
import org.talka.cmdb.internal.Folded;
import org.talka.cmdb.internal.Moments;
import org.talka.cmdb.internal.graph.ItemGraph;

/**
 * Items and everything they ever were. Every change of fields ends an edition and begins another in
 * the same transaction, so that what was true at any moment can be read afterwards.
 */
@Component(service = ItemStore.class)
public class ItemStore {
  /** How many ids one query asks for at most. */
  public static final int BATCH = 400;

  private static final int PORTION = 1_000;
  private static final String BY_NAME = "name";
  private static final String LATEST = "-updatedAt";

  private final Database database;
  private final ItemGraph graph;
  private final Clock clock;

  /** The last number given; below 0 before the first. */
  private final AtomicLong last = new AtomicLong(-1);

  @Activate
  public ItemStore(
      @Reference(target = "(talka.unit=cmdb)") Database database, @Reference ItemGraph graph) {
    this(database, graph, Clock.systemUTC());
  }

  public ItemStore(Database database, ItemGraph graph, Clock clock) {
    this.database = database;
    this.graph = graph;
    this.clock = clock;
  }

  public Optional<Item> find(long id) {
    return database.read(em -> Optional.ofNullable(em.find(ItemRow.class, id)).map(ItemRow::value));
  }

  /** Several at once; those that do not exist are left out. */
  public Map<Long, Item> find(Collection<Long> ids) {
    Map<Long, Item> found = new HashMap<>();
    for (List<Long> batch : batches(ids)) {
      database
          .read(
              em ->
                  em.createQuery("select i from ItemRow i where i.id in :ids", ItemRow.class)
                      .setParameter("ids", batch)
                      .getResultList())
          .forEach(row -> found.put(row.value().id(), row.value()));
    }
    return found;
  }

  /** Nobody else changes or locks these before the transaction of this thread ends. */
  public void lock(Collection<Long> ids) {
    database.write(
        em -> {
          // in one order, so that two who want the same do not wait for each other
          new TreeSet<>(ids)
              .forEach(id -> em.find(ItemRow.class, id, LockModeType.PESSIMISTIC_WRITE));
          return null;
        });
  }

  public Page<Item> list(ItemQuery query) {
    return database.read(em -> list(em, query));
  }

  public Item create(Map<String, String> fields, Map<String, String> sources, Origin origin) {
    Instant now = now();
    return database.write(
        em -> {
          ItemRow row = new ItemRow(next(), now);
          row.take(fields, sources, now);
          if (!origin.source().equals(Origin.HAND)) {
            row.seen(now);
          }
          em.persist(row);
          em.flush();
          Item item = row.value();
          em.persist(new EditionRow(item, now, origin, false));
          words(em, item, Set.of());
          identities(em, Map.of(item.id(), item.fields()), Set.of());
          graph.changed(List.of(item.id()));
          return item;
        });
  }

  /**
   * Gives an item these fields, all of them.
   *
   * @param version the version that was seen
   * @param drift whether something controlled changes without a change request
   */
  public Item change(
      long id,
      long version,
      Map<String, String> fields,
      Map<String, String> sources,
      Origin origin,
      boolean drift) {
    return write(
        id,
        version,
        origin,
        drift,
        (row, now) -> {
          row.take(fields, sources, now);
          if (!origin.source().equals(Origin.HAND)) {
            row.seen(now);
          }
        });
  }

  /** Takes an item away, into another one if that is given, or brings it back. */
  public Item away(Item item, boolean away, Long into, Origin origin) {
    return write(
        item.id(),
        item.version(),
        origin,
        false,
        (row, now) -> {
          row.take(item.fields(), item.sources(), now);
          row.away(away, into);
        });
  }

  /** Notes that a source has seen them, without any change: their versions stay. */
  public void seen(Collection<Long> ids) {
    Instant now = now();
    for (List<Long> batch : batches(ids)) {
      database.write(
          em ->
              em.createQuery("update SeenRow s set s.at = :now where s.id in :ids")
                  .setParameter("now", now)
                  .setParameter("ids", batch)
                  .executeUpdate());
    }
  }

  /** The number of an item that is about to be made. */
  public long reserve() {
    return next();
  }

  /**
   * Makes and changes many items at once, in few statements; all of it has one moment.
   *
   * @throws DomainException STALE when one is not what it was any more
   */
  public void write(Collection<Draft> drafts, Origin origin) {
    if (drafts.isEmpty()) {
      return;
    }
    database.write(
        em -> {
          Instant now = now();
          for (Draft draft : drafts) {
            now = draft.before().isPresent() ? later(now, draft.before().get().updatedAt()) : now;
          }
          write(em, drafts, origin, now);
          return null;
        });
  }

  private void write(EntityManager em, Collection<Draft> drafts, Origin origin, Instant now) {
    Map<Long, ItemRow> rows = rows(em, drafts);
    Map<Long, SortedMap<String, String>> fields = new HashMap<>();
    Map<Long, Set<String>> words = new HashMap<>();
    end(em, rows.keySet(), now);
    for (Draft draft : drafts) {
      ItemRow row = rows.get(draft.id());
      boolean made = draft.before().isEmpty();
      if (made) {
        row = new ItemRow(draft.id(), now);
      } else if (row == null || row.version() != draft.before().get().version()) {
        throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
      }
      row.take(draft.fields(), draft.sources(), now);
      row.away(draft.away(), null);
      if (!origin.source().equals(Origin.HAND)) {
        row.seen(now);
      }
      if (made) {
        em.persist(row);
      }
      Item item = row.value();
      em.persist(new EditionRow(item, now, origin, draft.drift()));
      fields.put(item.id(), item.fields());
      words.put(item.id(), wordsOf(item));
    }
    words(em, words, rows.keySet());
    identities(em, fields, rows.keySet());
    graph.changed(fields.keySet());
    em.flush();
    // so many are not kept until the transaction ends
    em.clear();
  }

  private static Map<Long, ItemRow> rows(EntityManager em, Collection<Draft> drafts) {
    Map<Long, ItemRow> rows = new HashMap<>();
    List<Long> present =
        drafts.stream().filter(d -> d.before().isPresent()).map(Draft::id).toList();
    for (List<Long> batch : batches(present)) {
      em.createQuery("select i from ItemRow i where i.id in :ids", ItemRow.class)
          .setParameter("ids", batch)
          .getResultList()
          .forEach(row -> rows.put(row.id(), row));
    }
    return rows;
  }

  private static void end(EntityManager em, Collection<Long> items, Instant now) {
    for (List<Long> batch : batches(items)) {
      em.createQuery("update EditionRow e set e.to = :now where e.to = :open and e.item in :ids")
          .setParameter("now", now)
          .setParameter("open", EditionRow.OPEN)
          .setParameter("ids", batch)
          .executeUpdate();
    }
  }

  /**
   * Gives items these words and no others.
   *
   * @param present those of them that are not new
   */
  private static void words(
      EntityManager em, Map<Long, Set<String>> items, Collection<Long> present) {
    for (List<Long> batch : batches(present)) {
      for (WordRow row :
          em.createQuery("select w from WordRow w where w.item in :ids", WordRow.class)
              .setParameter("ids", batch)
              .getResultList()) {
        if (!items.get(row.item()).remove(row.word())) {
          em.remove(row);
        }
      }
    }
    items.forEach((item, words) -> words.forEach(word -> em.persist(new WordRow(item, word))));
  }

  /** Gives items these values to be known by and no others; likewise. */
  private static void identities(
      EntityManager em, Map<Long, ? extends Map<String, String>> items, Collection<Long> present) {
    Map<Long, Map<String, String>> wanted = new HashMap<>();
    items.forEach((item, fields) -> wanted.put(item, IdentityRow.of(fields)));
    for (List<Long> batch : batches(present)) {
      for (IdentityRow row :
          em.createQuery("select k from IdentityRow k where k.item in :ids", IdentityRow.class)
              .setParameter("ids", batch)
              .getResultList()) {
        String value = wanted.get(row.item()).remove(row.field());
        if (value == null) {
          em.remove(row);
        } else if (!value.equals(row.value())) {
          row.take(value);
        }
      }
    }
    wanted.forEach(
        (item, values) ->
            values.forEach((field, value) -> em.persist(new IdentityRow(item, field, value))));
  }

  /**
   * The items that have one of these values, whether they are away or not.
   *
   * @param values as {@link IdentityRow#key} makes them
   * @param most so many for one value
   */
  public Set<Long> identified(String field, Collection<String> values, int most) {
    List<String> all = List.copyOf(new TreeSet<>(values));
    Set<Long> found = new HashSet<>();
    Map<String, Integer> counts = new HashMap<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      List<Object[]> rows =
          database.read(
              em ->
                  em.createQuery(
                          "select k.item, k.value from IdentityRow k where k.field = :field"
                              + " and k.value in :values order by k.item",
                          Object[].class)
                      .setParameter("field", field)
                      .setParameter("values", batch)
                      .getResultList());
      for (Object[] row : rows) {
        if (counts.merge((String) row[1], 1, Integer::sum) <= most) {
          found.add((Long) row[0]);
        }
      }
    }
    return found;
  }

  public Item verify(long id, long version, String by) {
    return database.write(
        em -> {
          ItemRow row = em.find(ItemRow.class, id);
          seen(row, version);
          row.verified(now(), by);
          em.flush();
          return row.value();
        });
  }

  /**
   * What an item was, the latest edition first.
   *
   * @param before editions below this number only
   */
  public List<Edition> history(long id, int before, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select e from EditionRow e where e.item = :id and e.edition < :before"
                        + " order by e.edition desc",
                    EditionRow.class)
                .setParameter("id", id)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(EditionRow::value)
                .toList());
  }

  /** What these items were at that moment; one that was not yet, or was away, is left out. */
  public Map<Long, Edition> at(Collection<Long> ids, Instant at) {
    Map<Long, Edition> found = new HashMap<>();
    for (List<Long> batch : batches(ids)) {
      database
          .read(
              em ->
                  em.createQuery(
                          "select e from EditionRow e where e.item in :ids and e.from <= :at"
                              + " and e.to > :at and e.away = false",
                          EditionRow.class)
                      .setParameter("ids", batch)
                      .setParameter("at", at)
                      .getResultList())
          .forEach(row -> found.put(row.value().item(), row.value()));
    }
    return found;
  }

  /** The latest changes of something controlled without a change request. */
  public List<Edition> drift(Sight sight, int limit) {
    return database.read(
        em -> {
          StringBuilder where = new StringBuilder();
          Map<String, Object> values = new HashMap<>();
          sight(where, values, sight);
          TypedQuery<EditionRow> select =
              em.createQuery(
                  "select e from EditionRow e, ItemRow i where e.drift = true and i.id = e.item"
                      + where
                      + " order by e.from desc, e.item",
                  EditionRow.class);
          values.forEach(select::setParameter);
          return select.setMaxResults(limit).getResultList().stream()
              .map(EditionRow::value)
              .toList();
        });
  }

  /** What was before these editions, by item and number. */
  public Map<Long, Map<Integer, Edition>> before(Collection<Edition> editions) {
    Map<Long, Map<Integer, Edition>> found = new HashMap<>();
    Set<Instant> ends = new HashSet<>();
    editions.forEach(edition -> ends.add(edition.from()));
    if (ends.isEmpty()) {
      return found;
    }
    for (List<Long> batch : batches(editions.stream().map(Edition::item).toList())) {
      database
          .read(
              em ->
                  em.createQuery(
                          "select e from EditionRow e where e.item in :ids and e.to in :ends",
                          EditionRow.class)
                      .setParameter("ids", batch)
                      .setParameter("ends", ends)
                      .getResultList())
          .forEach(
              row -> {
                Edition edition = row.value();
                found
                    .computeIfAbsent(edition.item(), i -> new HashMap<>())
                    .put(edition.number(), edition);
              });
    }
    return found;
  }

  /** The edition of an item with that number. */
  public Optional<Edition> edition(long id, int number) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(EditionRow.class, new EditionRow.Key(id, number)))
                .map(EditionRow::value));
  }

  /** Items that an import made or changed, by their ids. */
  public List<Long> ofRun(long run, long after, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select distinct e.item from EditionRow e where e.run = :run and e.item > :after"
                        + " order by e.item",
                    Long.class)
                .setParameter("run", run)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
  }

  /**
   * The editions of these items from the one before an import made its first on, in their order.
   */
  public List<Edition> sinceRun(long run, Collection<Long> items) {
    List<Edition> found = new ArrayList<>();
    for (List<Long> batch : batches(items)) {
      database
          .read(
              em ->
                  em.createQuery(
                          "select e from EditionRow e where e.item in :ids and e.edition >="
                              + " (select min(m.edition) - 1 from EditionRow m"
                              + " where m.item = e.item and m.run = :run)"
                              + " order by e.item, e.edition",
                          EditionRow.class)
                      .setParameter("ids", batch)
                      .setParameter("run", run)
                      .getResultList())
          .forEach(row -> found.add(row.value()));
    }
    return found;
  }

  /** The items that got another edition after the first moment, up to and with the second. */
  public List<Long> changedBetween(Instant first, Instant second, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select distinct e.item from EditionRow e where e.from > :first"
                        + " and e.from <= :second order by e.item",
                    Long.class)
                .setParameter("first", first)
                .setParameter("second", second)
                .setMaxResults(limit)
                .getResultList());
  }

  /** Shows all items of these classes that are not away, a portion at a time. */
  public void each(Collection<String> classes, Consumer<Item> work) {
    long after = 0;
    List<ItemRow> rows;
    do {
      long from = after;
      rows =
          database.read(
              em ->
                  em.createQuery(
                          "select i from ItemRow i where i.away = false and i.id > :from"
                              + " and i.classKey in :classes order by i.id",
                          ItemRow.class)
                      .setParameter("from", from)
                      .setParameter("classes", classes)
                      .setMaxResults(PORTION)
                      .getResultList());
      for (ItemRow row : rows) {
        Item item = row.value();
        work.accept(item);
        after = item.id();
      }
    } while (rows.size() == PORTION);
  }

  /** The moment that a change made now is dated with, as exact as the databases keep it. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private interface Work {
    void on(ItemRow row, Instant now);
  }

  private Item write(long id, long version, Origin origin, boolean drift, Work work) {
    return database.write(
        em -> {
          ItemRow row = em.find(ItemRow.class, id);
          seen(row, version);
          Item before = row.value();
          // a second change within the clock's step still comes after the first
          Instant now = later(now(), before.updatedAt());
          work.on(row, now);
          em.flush();
          Item item = row.value();
          em.find(EditionRow.class, new EditionRow.Key(id, before.edition())).end(now);
          em.persist(new EditionRow(item, now, origin, drift));
          words(em, item, wordsOf(before));
          if (!item.fields().equals(before.fields())) {
            identities(em, Map.of(id, item.fields()), Set.of(id));
          }
          graph.changed(List.of(id));
          return item;
        });
  }

  private static Instant later(Instant now, Instant before) {
    return now.isAfter(before) ? now : before.plus(1, ChronoUnit.MICROS);
  }

  private static void seen(ItemRow row, long version) {
    if (row.version() != version) {
      throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
    }
  }

  private static void words(EntityManager em, Item item, Set<String> before) {
    Set<String> words = wordsOf(item);
    if (!words.equals(before)) {
      Set<String> gone = new HashSet<>(before);
      gone.removeAll(words);
      if (!gone.isEmpty()) {
        em.createQuery("delete from WordRow w where w.item = :item and w.word in :words")
            .setParameter("item", item.id())
            .setParameter("words", gone)
            .executeUpdate();
      }
      words.stream()
          .filter(word -> !before.contains(word))
          .forEach(word -> em.persist(new WordRow(item.id(), word)));
    }
  }

  /** An item is found by its number and by whatever it says, people and teams apart. */
  private static Set<String> wordsOf(Item item) {
    StringBuilder text = new StringBuilder(item.name()).append(' ').append(item.key());
    item.fields()
        .forEach(
            (field, value) -> {
              if (!Field.BUILT_IN.contains(field) || field.equals(Field.LOCATION)) {
                text.append(' ').append(value);
              }
            });
    return Folded.words(text.toString());
  }

  private Page<Item> list(EntityManager em, ItemQuery query) {
    StringBuilder where = new StringBuilder(" where i.away = false");
    Map<String, Object> values = new HashMap<>();
    if (!query.classes().isEmpty()) {
      where.append(" and i.classKey in :classes");
      values.put("classes", query.classes());
    }
    query.status().ifPresent(status -> equal(where, values, "status", status));
    query.owner().ifPresent(owner -> equal(where, values, "owner", owner));
    query.team().ifPresent(team -> equal(where, values, "team", team));
    query.verified().ifPresent(verified -> equal(where, values, "verified", verified));
    sight(where, values, query.sight());
    for (int n = 0; n < query.words().size(); n++) {
      String word = query.words().get(n);
      where.append(
          " and i.id in (select w.item from WordRow w where w.head = :h"
              + n
              + " and w.word like :w"
              + n
              + ")");
      values.put("h" + n, WordRow.head(word));
      values.put("w" + n, word.length() > 1 ? word + "%" : word);
    }
    String order = query.latest() ? LATEST : BY_NAME;
    query.after().ifPresent(after -> after(where, values, Cursor.of(order, after)));
    TypedQuery<ItemRow> select =
        em.createQuery(
            "select i from ItemRow i"
                + where
                + (query.latest()
                    ? " order by i.updatedAt desc, i.id desc"
                    : " order by i.nameKey, i.id"),
            ItemRow.class);
    values.forEach(select::setParameter);
    List<ItemRow> rows = new ArrayList<>(select.setMaxResults(query.limit() + 1).getResultList());
    Optional<String> next = Optional.empty();
    if (rows.size() > query.limit()) {
      rows.remove(rows.size() - 1);
      ItemRow end = rows.get(rows.size() - 1);
      Item item = end.value();
      String value = query.latest() ? item.updatedAt().toString() : end.nameKey();
      next = Optional.of(new Cursor(order, value, item.id()).text());
    }
    return new Page<>(rows.stream().map(ItemRow::value).toList(), next);
  }

  private static void equal(
      StringBuilder where, Map<String, Object> values, String field, Object value) {
    where.append(" and i.").append(field).append(" = :").append(field);
    values.put(field, value);
  }

  private static void sight(StringBuilder where, Map<String, Object> values, Sight sight) {
    if (sight.all()) {
      return;
    }
    where.append(" and (i.owner = :me");
    values.put("me", sight.person());
    if (!sight.teams().isEmpty()) {
      where.append(" or i.team in :mine");
      values.put("mine", sight.teams());
    }
    where.append(")");
  }

  private static void after(StringBuilder where, Map<String, Object> values, Cursor cursor) {
    if (cursor.order().equals(BY_NAME)) {
      where.append(" and (i.nameKey > :value or i.nameKey = :value and i.id > :id)");
      values.put("value", cursor.value());
    } else {
      where.append(" and (i.updatedAt < :value or i.updatedAt = :value and i.id < :id)");
      values.put(
          "value",
          Moments.read(cursor.value())
              .orElseThrow(() -> DomainException.malformed("error.rest.page.cursor")));
    }
    values.put("id", cursor.id());
  }

  private long next() {
    if (last.get() < 0) {
      Long highest =
          database.read(
              em ->
                  em.createQuery("select max(i.id) from ItemRow i", Long.class).getSingleResult());
      last.compareAndSet(-1, highest == null ? 0 : highest);
    }
    return last.incrementAndGet();
  }

  /** Ids in portions that a database takes in one query. */
  public static List<List<Long>> batches(Collection<Long> ids) {
    List<Long> all = new ArrayList<>(new TreeSet<>(ids));
    List<List<Long>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return batches;
  }
}
