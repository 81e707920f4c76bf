/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** Which articles and files here those of other desks are. Writes join the transaction. */
@Component(service = ArrivalStore.class)
public class ArrivalStore {
  private final Database database;
  private final ArticleStore articles;
  private final EnclosureStore files;

  @Activate
  public ArrivalStore(
      @Reference(target = "(talka.unit=knowledge)") Database database,
      @Reference ArticleStore articles,
      @Reference EnclosureStore files) {
    this.database = database;
    this.articles = articles;
    this.files = files;
  }

  public Optional<Arrival> find(String desk, String key) {
    return database.read(
        em -> Optional.ofNullable(em.find(Arrival.class, new Arrival.Key(desk, key))));
  }

  /** That of the article; a new one with a number of its own when something points to it first. */
  public Arrival reserve(String desk, String key) {
    return database.write(
        em -> {
          Arrival arrival = em.find(Arrival.class, new Arrival.Key(desk, key));
          if (arrival == null) {
            arrival = new Arrival(desk, key, articles.nextArticle());
            em.persist(arrival);
          }
          return arrival;
        });
  }

  public Optional<ArrivalFile> file(String desk, long origin) {
    return database.read(
        em -> Optional.ofNullable(em.find(ArrivalFile.class, new ArrivalFile.Key(desk, origin))));
  }

  /**
   * @param article here, to which it belongs
   */
  public ArrivalFile reserveFile(String desk, long origin, long article) {
    return database.write(
        em -> {
          ArrivalFile file = em.find(ArrivalFile.class, new ArrivalFile.Key(desk, origin));
          if (file == null) {
            file = new ArrivalFile(desk, origin, files.nextId(), article);
            em.persist(file);
          }
          return file;
        });
  }

  /** The files of an article here that came, or are to come. */
  public List<ArrivalFile> filesOf(String desk, long article) {
    return database.read(
        em ->
            em.createQuery(
                    "select f from ArrivalFile f where f.article = :article and f.desk = :desk"
                        + " order by f.origin",
                    ArrivalFile.class)
                .setParameter("article", article)
                .setParameter("desk", desk)
                .getResultList());
  }

  /** The file is no longer among those of its article. */
  public void forgetFile(String desk, long origin) {
    database.write(
        em -> {
          Optional.ofNullable(em.find(ArrivalFile.class, new ArrivalFile.Key(desk, origin)))
              .ifPresent(em::remove);
          return null;
        });
  }

  /** Keeps the file's bytes under the id that it was given. */
  public void came(String desk, long origin, Enclosure content) {
    database.write(
        em -> {
          files.add(content);
          em.find(ArrivalFile.class, new ArrivalFile.Key(desk, origin)).came();
          return null;
        });
  }
}
