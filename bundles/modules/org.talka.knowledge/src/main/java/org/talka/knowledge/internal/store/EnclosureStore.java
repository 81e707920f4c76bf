/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** The files of articles, in the database: they go where the articles go. */
@Component(service = EnclosureStore.class)
public class EnclosureStore {
  private final Database database;
  private final AtomicLong ids = new AtomicLong();

  @Activate
  public EnclosureStore(@Reference(target = "(talka.unit=knowledge)") Database database) {
    this.database = database;
    // the id of a file that is still to come from another desk is given, too
    ids.set(
        Math.max(
            highest("select max(e.id) from Enclosure e"),
            highest("select max(f.file) from ArrivalFile f")));
  }

  private long highest(String query) {
    return database.read(
        em -> Optional.ofNullable(em.createQuery(query, Long.class).getSingleResult()).orElse(0L));
  }

  public long nextId() {
    return ids.incrementAndGet();
  }

  public void add(Enclosure enclosure) {
    database.write(
        em -> {
          em.persist(enclosure);
          return null;
        });
  }

  /** In the order in which they were added, without reading a byte of them. */
  public List<Enclosure.Line> of(long article) {
    return database.read(
        em ->
            em.createQuery(
                    "select new org.talka.knowledge.internal.store.Enclosure$Line(e.id, e.number,"
                        + " e.name, e.pictureType, e.size, e.addedBy, e.addedAt) from Enclosure e"
                        + " where e.article = :article order by e.article, e.id",
                    Enclosure.Line.class)
                .setParameter("article", article)
                .getResultList());
  }

  /** A file, its content included, when it is the article's. */
  public Optional<Enclosure> find(long article, long id) {
    return database.read(
        em -> {
          Optional<Enclosure> found =
              Optional.ofNullable(em.find(Enclosure.class, id))
                  .filter(file -> file.article() == article);
          // while the row can still be read
          found.ifPresent(Enclosure::content);
          return found;
        });
  }

  /** The version is thrown away, and with it what came with it. */
  public void discard(long article, int number) {
    database.write(
        em ->
            em.createQuery(
                    "delete from Enclosure e where e.article = :article and e.number = :number")
                .setParameter("article", article)
                .setParameter("number", number)
                .executeUpdate());
  }

  public boolean remove(long article, long id) {
    return database.write(
        em -> {
          Optional<Enclosure> found =
              Optional.ofNullable(em.find(Enclosure.class, id))
                  .filter(file -> file.article() == article);
          found.ifPresent(em::remove);
          return found.isPresent();
        });
  }
}
