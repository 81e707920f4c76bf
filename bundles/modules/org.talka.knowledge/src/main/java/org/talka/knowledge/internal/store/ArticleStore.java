/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.query.Filter;
import org.talka.knowledge.internal.rule.FilterJpql;

/** Articles and their versions. Ids are given in process and never twice. */
@Component(service = ArticleStore.class)
public class ArticleStore {
  private final Database database;
  private final AtomicLong articles = new AtomicLong();
  private final AtomicLong categories = new AtomicLong();

  @Activate
  public ArticleStore(@Reference(target = "(talka.unit=knowledge)") Database database) {
    this.database = database;
    // a number that another desk's article will have once it comes is given, too
    articles.set(Math.max(highest("Article", "id"), highest("Arrival", "article")));
    categories.set(highest("Category", "id"));
  }

  private long highest(String entity, String id) {
    return database.read(
        em ->
            Optional.ofNullable(
                    em.createQuery("select max(e." + id + ") from " + entity + " e", Long.class)
                        .getSingleResult())
                .orElse(0L));
  }

  public long nextArticle() {
    return articles.incrementAndGet();
  }

  public long nextCategory() {
    return categories.incrementAndGet();
  }

  /** Runs {@code work} in the transaction of the thread. */
  public <T> T write(Function<EntityManager, T> work) {
    return database.write(work);
  }

  public Optional<Article> find(long id) {
    return database.read(em -> Optional.ofNullable(em.find(Article.class, id)));
  }

  /** The ids of all, in their order. */
  public List<Long> ids() {
    return database.read(
        em ->
            em.createQuery("select a.id from Article a order by a.id", Long.class).getResultList());
  }

  /** Several at once, by id; those that do not exist are left out. */
  public Map<Long, Article> byIds(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database.read(
        em ->
            em
                .createQuery("select a from Article a where a.id in :ids", Article.class)
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(Article::id, Function.identity())));
  }

  /** Where a page ends. */
  public record Place(Instant at, long id) {}

  /** The latest changed first. */
  public List<Article> list(Filter filter, Optional<Place> after, int limit) {
    FilterJpql condition = FilterJpql.of(filter);
    String from =
        after.isPresent() ? " and (a.updatedAt < :at or (a.updatedAt = :at and a.id < :id))" : "";
    return database.read(
        em -> {
          TypedQuery<Article> query =
              em.createQuery(
                  "select a from Article a where "
                      + condition.where()
                      + from
                      + " order by a.updatedAt desc, a.id desc",
                  Article.class);
          condition.parameters().forEach(query::setParameter);
          after.ifPresent(
              place -> query.setParameter("at", place.at()).setParameter("id", place.id()));
          return query.setMaxResults(limit).getResultList();
        });
  }

  /** At most {@code most}. */
  public int count(Filter filter, int most) {
    FilterJpql condition = FilterJpql.of(filter);
    return database.read(
        em -> {
          TypedQuery<Long> query =
              em.createQuery("select a.id from Article a where " + condition.where(), Long.class);
          condition.parameters().forEach(query::setParameter);
          return query.setMaxResults(most).getResultList().size();
        });
  }

  /** In the order of their ids, for whoever needs all of them. */
  public List<Article> after(long id, int limit) {
    return database.read(
        em ->
            em.createQuery("select a from Article a where a.id > :id order by a.id", Article.class)
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList());
  }

  public List<Article> changedSince(Instant since, Optional<Place> after, int limit) {
    String from =
        after.isPresent() ? " and (a.updatedAt < :at or (a.updatedAt = :at and a.id < :id))" : "";
    return database.read(
        em -> {
          TypedQuery<Article> query =
              em.createQuery(
                      "select a from Article a where a.updatedAt >= :since"
                          + from
                          + " order by a.updatedAt desc, a.id desc",
                      Article.class)
                  .setParameter("since", since);
          after.ifPresent(
              place -> query.setParameter("at", place.at()).setParameter("id", place.id()));
          return query.setMaxResults(limit).getResultList();
        });
  }

  public long size() {
    return database.read(
        em -> em.createQuery("select count(a) from Article a", Long.class).getSingleResult());
  }

  public List<Article> translationsOf(long source) {
    return database.read(
        em ->
            em.createQuery(
                    "select a from Article a where a.source = :source order by a.id", Article.class)
                .setParameter("source", source)
                .getResultList());
  }

  /** Everybody who owns an article. */
  public List<Long> owners() {
    return database.read(
        em ->
            em.createQuery(
                    "select distinct a.owner from Article a where a.owner is not null", Long.class)
                .getResultList());
  }

  public Optional<ArticleVersion> version(long article, int number) {
    return database.read(
        em ->
            Optional.ofNullable(
                em.find(ArticleVersion.class, new ArticleVersion.Key(article, number))));
  }

  /** The newest first. */
  public List<ArticleVersion> versions(long article, int below, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select v from ArticleVersion v where v.article = :article"
                        + " and v.number < :below order by v.number desc",
                    ArticleVersion.class)
                .setParameter("article", article)
                .setParameter("below", below)
                .setMaxResults(limit)
                .getResultList());
  }

  /** What readers saw at a time. */
  public Optional<ArticleVersion> seenAt(long article, Instant at) {
    return database.read(
        em ->
            em.createQuery(
                    "select v from ArticleVersion v where v.article = :article"
                        + " and v.publishedAt <= :at and (v.endedAt is null or v.endedAt > :at)"
                        + " order by v.publishedAt desc",
                    ArticleVersion.class)
                .setParameter("article", article)
                .setParameter("at", at)
                .setMaxResults(1)
                .getResultStream()
                .findFirst());
  }

  /** The version of each that leads it: that which readers see, else the one being worked on. */
  public Map<Long, ArticleVersion> leading(Collection<Article> of) {
    Map<Long, ArticleVersion> found = new HashMap<>();
    if (of.isEmpty()) {
      return found;
    }
    Map<Long, Integer> wanted =
        of.stream()
            .collect(Collectors.toMap(Article::id, ArticleStore::leadingNumber, (a, b) -> a));
    database
        .read(
            em ->
                em.createQuery(
                        "select v from ArticleVersion v, Article a where a.id in :ids"
                            + " and v.article = a.id and (v.number = a.published"
                            + " or (a.published = 0 and v.number = a.working))",
                        ArticleVersion.class)
                    .setParameter("ids", wanted.keySet())
                    .getResultList())
        .stream()
        .filter(version -> wanted.get(version.article()) == version.number())
        .forEach(version -> found.put(version.article(), version));
    return found;
  }

  /** The summary of the version of each that leads it, without its text. */
  public Map<Long, String> summaries(Collection<Article> of) {
    Map<Long, String> found = new HashMap<>();
    if (of.isEmpty()) {
      return found;
    }
    database
        .read(
            em ->
                em.createQuery(
                        "select v.article, v.summary from ArticleVersion v, Article a"
                            + " where a.id in :ids and v.article = a.id"
                            + " and (v.number = a.published"
                            + " or (a.published = 0 and v.number = a.working))",
                        Object[].class)
                    .setParameter("ids", of.stream().map(Article::id).distinct().toList())
                    .getResultList())
        .forEach(row -> found.put((Long) row[0], (String) row[1]));
    return found;
  }

  private static int leadingNumber(Article article) {
    return article.published().or(article::working).orElse(0);
  }

  public List<Category> categories() {
    return database.read(
        em ->
            em.createQuery("select c from Category c order by c.place, c.name", Category.class)
                .getResultList());
  }

  public Map<String, String> settings() {
    return database.read(
        em ->
            em.createQuery("select s from Setting s", Setting.class).getResultList().stream()
                .collect(Collectors.toMap(Setting::name, Setting::chosen)));
  }

  public void set(String name, String chosen) {
    database.write(
        em -> {
          Setting setting = em.find(Setting.class, name);
          if (setting == null) {
            setting = new Setting(name);
            setting.choose(chosen);
            em.persist(setting);
          } else {
            setting.choose(chosen);
          }
          return null;
        });
  }
}
