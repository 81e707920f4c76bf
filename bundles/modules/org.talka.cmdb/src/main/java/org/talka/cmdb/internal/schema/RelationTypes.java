/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.cmdb.internal.Folded;
import org.talka.cmdb.internal.Names;

/** Makes and changes relation types. One that is in use is retired, never removed. */
@Component(service = RelationTypes.class)
public class RelationTypes {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{1,39}");
  private static final int MOST = 100;

  private final SchemaStore store;
  private final Database database;
  private final Audit audit;

  @Activate
  public RelationTypes(
      @Reference SchemaStore store,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this.store = store;
    this.database = database;
    this.audit = audit;
  }

  public RelationType create(RelationTypeValues values) {
    return database.write(
        em -> {
          Schema schema = store.current();
          String key = key(values);
          if (!KEY.matcher(key).matches()) {
            throw DomainException.invalid("key", "error.cmdb.class.key", "value", key);
          }
          if (schema.relationType(key).isPresent()) {
            throw DomainException.invalid("key", "error.cmdb.relationType.exists", "value", key);
          }
          if (schema.relationTypes().size() >= MOST) {
            throw DomainException.invalid("key", "error.cmdb.many", "max", MOST);
          }
          RelationType empty =
              new RelationType(
                  key,
                  Map.of(),
                  Map.of(),
                  "",
                  "",
                  Cardinality.MANY_TO_MANY,
                  Impact.TO_SOURCE,
                  Redundancy.ALL,
                  false,
                  0);
          RelationType made = store.add(merged(schema, empty, values));
          audit.record("cmdb.relationType.created", "cmdb-relation-type:" + key, Map.of());
          return made;
        });
  }

  public RelationType change(String key, long version, RelationTypeValues values) {
    return database.write(
        em -> {
          Schema schema = store.current();
          RelationType before = get(schema, key);
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          RelationType changed = store.change(merged(schema, before, values), version);
          audit.record("cmdb.relationType.changed", "cmdb-relation-type:" + key, Map.of());
          return changed;
        });
  }

  public void remove(String key) {
    database.write(
        em -> {
          get(store.current(), key);
          if (inUse(key)) {
            throw DomainException.conflict("error.cmdb.relationType.used", "value", key);
          }
          store.removeRelationType(key);
          audit.record("cmdb.relationType.removed", "cmdb-relation-type:" + key, Map.of());
          return null;
        });
  }

  public boolean inUse(String key) {
    return database.read(
        em ->
            !em.createQuery("select r.id from RelationRow r where r.type = :key", Long.class)
                .setParameter("key", key)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  public static RelationType get(Schema schema, String key) {
    return schema
        .relationType(key)
        .orElseThrow(
            () -> DomainException.notFound("error.cmdb.relationType.unknown", "value", key));
  }

  private static RelationType merged(
      Schema schema, RelationType before, RelationTypeValues values) {
    List<FieldError> errors = new ArrayList<>();
    String source = end(schema, "source", values.source(), before.source(), errors);
    String target = end(schema, "target", values.target(), before.target(), errors);
    Redundancy rule = before.rule();
    if (values.policy() != null || values.amount() != null) {
      String policy = values.policy() == null ? rule.policy().word() : values.policy();
      rule = Redundancy.of(policy, values.amount(), errors);
    }
    RelationType merged =
        new RelationType(
            before.key(),
            values.names() == null && before.version() > 0
                ? before.names()
                : Names.checked("names", values.names(), errors),
            values.inverse() == null && before.version() > 0
                ? before.inverse()
                : Names.checked("inverse", values.inverse(), errors),
            source,
            target,
            values.cardinality() == null
                ? before.cardinality()
                : Cardinality.of(values.cardinality())
                    .orElseGet(
                        () -> {
                          errors.add(choice("cardinality", values.cardinality()));
                          return before.cardinality();
                        }),
            values.impact() == null
                ? before.impact()
                : Impact.of(values.impact())
                    .orElseGet(
                        () -> {
                          errors.add(choice("impact", values.impact()));
                          return before.impact();
                        }),
            rule,
            values.retired() == null ? before.retired() : values.retired(),
            before.version());
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    return merged;
  }

  private static FieldError choice(String field, String value) {
    return new FieldError(field, Text.of("error.cmdb.choice", "value", value));
  }

  private static String end(
      Schema schema, String field, String asked, String before, List<FieldError> errors) {
    String key = asked == null ? before : asked.strip();
    if (key.isEmpty()) {
      errors.add(new FieldError(field, Text.of("error.cmdb.required")));
    } else if (schema.itemClass(key).isEmpty()) {
      errors.add(new FieldError(field, Text.of("error.cmdb.class.unknown", "value", key)));
    }
    return key;
  }

  private static String key(RelationTypeValues values) {
    if (values.key() != null && !values.key().isBlank()) {
      return values.key().strip();
    }
    String name = values.names() == null ? "" : values.names().getOrDefault("en", "");
    String key = String.join("-", Folded.words(name)).replaceAll("[^a-z0-9-]", "");
    return key.length() > 40 ? key.substring(0, 40) : key;
  }
}
