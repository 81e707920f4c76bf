/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.cmdb.internal.Folded;

/** Makes and changes classes. One that is in use is retired, never removed. */
@Component(service = Classes.class)
public class Classes {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{1,39}");
  private static final int MOST = 300;

  private final SchemaStore store;
  private final Database database;
  private final Audit audit;

  @Activate
  public Classes(
      @Reference SchemaStore store,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this.store = store;
    this.database = database;
    this.audit = audit;
  }

  public ItemClass create(ClassValues values) {
    return database.write(
        em -> {
          Schema schema = store.current();
          String key = key(values);
          if (!KEY.matcher(key).matches()) {
            throw DomainException.invalid("key", "error.cmdb.class.key", "value", key);
          }
          if (schema.itemClass(key).isPresent()) {
            throw DomainException.invalid("key", "error.cmdb.class.exists", "value", key);
          }
          if (schema.classes().size() >= MOST) {
            throw DomainException.invalid("key", "error.cmdb.many", "max", MOST);
          }
          ItemClass empty =
              new ItemClass(
                  key, "", Map.of(), "laptop", false, false, false, List.of(), List.of(), 0);
          ItemClass made = store.add(new ClassRules(schema).merged(empty, values));
          audit.record("cmdb.class.created", "cmdb-class:" + key, Map.of());
          return made;
        });
  }

  public ItemClass change(String key, long version, ClassValues values) {
    return database.write(
        em -> {
          Schema schema = store.current();
          ItemClass before = get(schema, key);
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          if (Boolean.TRUE.equals(values.grouping()) && !before.grouping() && hasItems(key)) {
            throw DomainException.invalid("grouping", "error.cmdb.class.items");
          }
          ItemClass changed = store.change(new ClassRules(schema).merged(before, values), version);
          audit.record("cmdb.class.changed", "cmdb-class:" + key, Map.of());
          return changed;
        });
  }

  public void remove(String key) {
    database.write(
        em -> {
          Schema schema = store.current();
          get(schema, key);
          if (inUse(schema, key)) {
            throw DomainException.conflict("error.cmdb.class.used", "value", key);
          }
          store.removeClass(key);
          audit.record("cmdb.class.removed", "cmdb-class:" + key, Map.of());
          return null;
        });
  }

  /** Whether anything would be left without its meaning if the class went. */
  public boolean inUse(Schema schema, String key) {
    return schema.classes().stream().anyMatch(c -> c.parent().equals(key))
        || schema.relationTypes().stream()
            .anyMatch(type -> type.source().equals(key) || type.target().equals(key))
        || hasItems(key);
  }

  public static ItemClass get(Schema schema, String key) {
    return schema
        .itemClass(key)
        .orElseThrow(() -> DomainException.notFound("error.cmdb.class.unknown", "value", key));
  }

  private boolean hasItems(String key) {
    return database.read(
        em ->
            !em.createQuery("select i.id from ItemRow i where i.classKey = :key", Long.class)
                .setParameter("key", key)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  private static String key(ClassValues values) {
    if (values.key() != null && !values.key().isBlank()) {
      return values.key().strip();
    }
    String name = values.names() == null ? "" : values.names().getOrDefault("en", "");
    String key = String.join("-", Folded.words(name)).replaceAll("[^a-z0-9-]", "");
    return key.length() > 40 ? key.substring(0, 40) : key;
  }
}
