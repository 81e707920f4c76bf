/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.setup;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.security.internal.people.FreshCache;

/** The desk's settings, by name. */
@Component(service = Settings.class)
public class Settings {
  public static final String ORGANISATION = "organisation";
  public static final String LOCALE = "locale";
  public static final String ZONE = "zone";

  /** {@code true} while people who are not signed in see the portal. */
  public static final String PORTAL = "portal.open";

  /** The languages that are offered, with commas between them; all of them when absent. */
  public static final String LANGUAGES = "languages";

  private static final int CACHED = 100;

  private final FreshCache<String, String> cache = new FreshCache<>(CACHED);
  private final Database database;
  private final Transactions transactions;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  @Activate
  public Settings(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  public Optional<String> get(String name) {
    return cache.get(
        name,
        !transactions.active(),
        n ->
            database.read(
                em -> Optional.ofNullable(em.find(SettingRow.class, n)).map(SettingRow::content)));
  }

  /** Tells of the name of every setting that changes, after commit. */
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** In the current transaction, or one of its own. */
  public void put(String name, String content) {
    database.write(
        em -> {
          SettingRow row = em.find(SettingRow.class, name);
          if (row == null) {
            em.persist(new SettingRow(name, content));
          } else {
            row.content(content);
          }
          transactions.afterCommit(
              () -> {
                cache.forget(name);
                listeners.forEach(listener -> listener.accept(name));
              });
          return null;
        });
  }

  /**
   * Removes the setting if it still has this content: of several who try, one succeeds.
   *
   * @return whether it was this call
   */
  boolean take(String name, String content) {
    return database.write(
        em -> {
          int removed =
              em.createQuery(
                      "delete from SettingRow s where s.name = :name and s.content = :content")
                  .setParameter("name", name)
                  .setParameter("content", content)
                  .executeUpdate();
          transactions.afterCommit(() -> cache.forget(name));
          return removed > 0;
        });
  }
}
