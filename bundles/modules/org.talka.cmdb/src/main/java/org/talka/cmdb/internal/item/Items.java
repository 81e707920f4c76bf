/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Items as the caller may see and change them; what the caller may not see does not exist. */
@Component(service = Items.class)
public class Items {
  public static final String READ = "cmdb:read";
  public static final String UPDATE = "cmdb:update";
  private static final int LONGEST_REASON = 200;

  private final ItemStore store;
  private final SchemaStore schema;
  private final People people;
  private final Callers callers;
  private final Database database;

  @Activate
  public Items(
      @Reference ItemStore store,
      @Reference SchemaStore schema,
      @Reference People people,
      @Reference Callers callers,
      @Reference(target = "(talka.unit=cmdb)") Database database) {
    this.store = store;
    this.schema = schema;
    this.people = people;
    this.callers = callers;
    this.database = database;
  }

  public Sight sight() {
    return Sight.of(callers.current(), READ);
  }

  /**
   * @throws DomainException FORBIDDEN for whoever may see no items at all
   */
  public void requireSight() {
    if (!callers.current().may(READ)) {
      throw DomainException.forbidden("error.rest.not-allowed");
    }
  }

  /**
   * @throws DomainException NOT_FOUND also where the caller may not know of it
   */
  public Item get(long id) {
    return store
        .find(id)
        .filter(item -> sight().covers(item))
        .orElseThrow(
            () -> DomainException.notFound("error.cmdb.item.unknown", "key", ItemKey.of(id)));
  }

  public Item get(String key) {
    return get(ItemKey.known(key));
  }

  /** Those of them that the caller may see. */
  public Map<Long, Item> visible(Collection<Long> ids) {
    Sight sight = sight();
    Map<Long, Item> found = new HashMap<>(store.find(ids));
    found.values().removeIf(item -> !sight.covers(item));
    return found;
  }

  public boolean mayChange(Item item) {
    return !item.away() && Sight.of(callers.current(), UPDATE).covers(item);
  }

  /** One of two ends is enough: whoever owns an item says what it is tied to. */
  public void requireChange(Item... ends) {
    for (Item end : ends) {
      if (end.away()) {
        throw DomainException.conflict("error.cmdb.item.away", "key", end.key());
      }
    }
    for (Item end : ends) {
      if (mayChange(end)) {
        return;
      }
    }
    throw DomainException.forbidden("error.rest.not-allowed");
  }

  public Item create(Map<String, Object> asked, String reason) {
    Caller caller = callers.current();
    return database.write(
        em -> {
          Map<String, String> fields = rules().merged(Map.of(), asked);
          Sight sight = Sight.of(caller, UPDATE);
          if (!sight.covers(number(fields, Field.OWNER), number(fields, Field.TEAM))) {
            throw DomainException.invalid(Field.OWNER, "error.cmdb.owner.self");
          }
          Map<String, String> sources = new HashMap<>();
          fields.keySet().forEach(field -> sources.put(field, Origin.HAND));
          return store.create(fields, sources, Origin.hand(caller.username(), checked(reason)));
        });
  }

  /** Gives an item new values; the same ones again change nothing. */
  public Item change(long id, long version, Map<String, Object> asked, String reason) {
    Caller caller = callers.current();
    return database.write(
        em -> {
          Item before = get(id);
          requireChange(before);
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          Map<String, String> fields = rules().merged(before.fields(), asked);
          if (fields.equals(before.fields())) {
            return before;
          }
          Map<String, String> sources = sources(before, fields, Origin.HAND);
          boolean drift =
              checked(reason).isEmpty()
                  && ItemRules.controlled(schema.current(), before.fields(), fields);
          return store.change(
              id, version, fields, sources, Origin.hand(caller.username(), checked(reason)), drift);
        });
  }

  public Item verify(long id, long version) {
    Item item = get(id);
    requireChange(item);
    return store.verify(id, version, callers.current().username());
  }

  /** Who said each value: {@code source} for those that differ. */
  public static Map<String, String> sources(
      Item before, Map<String, String> fields, String source) {
    Map<String, String> sources = new HashMap<>();
    fields.forEach(
        (field, value) ->
            sources.put(
                field,
                value.equals(before.fields().get(field))
                    ? before.sources().getOrDefault(field, Origin.HAND)
                    : source));
    return sources;
  }

  private ItemRules rules() {
    Schema now = schema.current();
    return new ItemRules(
        now, new Known(people, id -> store.find(id).filter(i -> !i.away()).isPresent()));
  }

  private static long number(Map<String, String> fields, String field) {
    return fields.containsKey(field) ? Long.parseLong(fields.get(field)) : -1;
  }

  private static String checked(String reason) {
    String text = reason == null ? "" : reason.strip();
    if (text.length() > LONGEST_REASON) {
      throw DomainException.invalid("reason", "error.cmdb.long", "max", LONGEST_REASON);
    }
    return text;
  }
}
