/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.type.DefinitionStore;
import org.talka.ticket.internal.type.StoredDefinition;

/** Keeps declarations in the desk's database. */
@Component
public class DatabaseDefinitionStore implements DefinitionStore {
  private final Database database;

  @Activate
  public DatabaseDefinitionStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  @Override
  public List<StoredDefinition> all() {
    return database.read(
        em ->
            em
                .createQuery(
                    "select d from DefinitionRow d order by d.kind, d.key", DefinitionRow.class)
                .getResultList()
                .stream()
                .map(DatabaseDefinitionStore::definition)
                .toList());
  }

  @Override
  public void save(List<StoredDefinition> definitions) {
    database.write(
        em -> {
          for (StoredDefinition definition : definitions) {
            String kind = definition.key().kind().name();
            DefinitionRow.Key key = new DefinitionRow.Key(kind, definition.key().key());
            DefinitionRow row = em.find(DefinitionRow.class, key);
            boolean absent = row == null;
            if (absent) {
              row = new DefinitionRow(kind, definition.key().key());
            }
            row.becomes(definition.module(), definition.json(), definition.wordsJson());
            if (absent) {
              em.persist(row);
            }
          }
          return null;
        });
  }

  private static StoredDefinition definition(DefinitionRow row) {
    return new StoredDefinition(
        new StoredDefinition.Key(StoredDefinition.Kind.valueOf(row.kind()), row.key()),
        row.module(),
        row.definition(),
        StoredDefinition.words(row.words()));
  }
}
