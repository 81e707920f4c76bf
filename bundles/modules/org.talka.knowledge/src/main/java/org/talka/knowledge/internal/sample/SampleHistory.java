/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.talka.knowledge.internal.sample.SampleArticle.Edition;

/** Tells the articles of the demonstration as an archive would, seen from one moment. */
final class SampleHistory {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int YEAR = 365;

  private final Instant now;
  private final UnaryOperator<String> names;
  private final List<SampleArticle> articles;

  /**
   * @param names what somebody is called, by the user name
   */
  SampleHistory(Instant now, UnaryOperator<String> names, List<SampleArticle> articles) {
    this.now = now.truncatedTo(ChronoUnit.MINUTES);
    this.names = names;
    this.articles = articles;
  }

  static String key(int index) {
    return String.format("KB-%06d", index + 1);
  }

  List<Map<String, Object>> categories() {
    List<Map<String, Object>> categories = new ArrayList<>();
    articles.stream()
        .map(article -> article.get("category", ""))
        .distinct()
        .forEach(name -> categories.add(Map.of("path", List.of(name), "place", categories.size())));
    return categories;
  }

  List<Map<String, Object>> forms() {
    List<Map<String, Object>> forms = new ArrayList<>();
    for (int i = 0; i < articles.size(); i++) {
      forms.add(form(i, articles.get(i)));
    }
    return forms;
  }

  private String named(String name) {
    for (int i = 0; i < articles.size(); i++) {
      if (articles.get(i).get("name", "").equals(name)) {
        return key(i);
      }
    }
    throw new IllegalStateException("There is no article " + name);
  }

  private Map<String, Object> form(int index, SampleArticle article) {
    List<Edition> editions = article.editions();
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("key", key(index));
    form.put("kind", article.get("kind", "how-to"));
    form.put("category", article.list("category"));
    form.put("audience", article.get("audience", "people"));
    form.put("teams", article.get("teams").map(team -> List.of(team)));
    form.put("language", article.get("language", "en"));
    form.put("owner", article.get("owner"));
    form.put("reviewer", article.get("reviewer"));
    form.put("reviewDue", due(article));
    form.put("validated", article.get("validated").isPresent());
    article
        .get("translation")
        .map(said -> said.split(" "))
        .ifPresent(
            said -> {
              form.put("source", named(said[0]));
              form.put("sourceNumber", Integer.valueOf(said[1]));
            });
    form.put("supersedes", article.get("supersedes").map(this::named));
    form.put("createdAt", at(editions.get(0)).minus(HOUR.multipliedBy(5)));
    List<Map<String, Object>> versions = new ArrayList<>();
    for (int i = 0; i < editions.size(); i++) {
      versions.add(version(article, i));
    }
    form.put("versions", versions);
    form.put("files", List.of());
    return form;
  }

  private LocalDate due(SampleArticle article) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    if (article.get("due").isPresent()) {
      return today.plusDays(article.number("due"));
    }
    List<Edition> editions = article.editions();
    return today.plusDays(YEAR - (long) editions.get(editions.size() - 1).age());
  }

  private Map<String, Object> version(SampleArticle article, int index) {
    Edition edition = article.editions().get(index);
    String stage = stage(article, index);
    Instant at = at(edition);
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("number", index + 1);
    version.put("stage", stage);
    version.put("title", article.get("title", ""));
    version.put("summary", article.get("summary", ""));
    version.put("body", edition.body());
    version.put("keywords", article.get("keywords", ""));
    version.put("basedOn", index);
    version.put("author", edition.author());
    version.put("authorName", names.apply(edition.author()));
    version.put("createdAt", at.minus(HOUR.multipliedBy(5)));
    version.put("changedAt", at.minus(HOUR.multipliedBy(4)));
    if (!stage.equals("draft")) {
      version.put("submittedAt", at.minus(HOUR.multipliedBy(3)));
      if (edition.reviewer().isEmpty()) {
        version.put("submitNote", edition.note());
      } else {
        version.put("reviewer", edition.reviewer());
        version.put("reviewerName", names.apply(edition.reviewer()));
        version.put("reviewedAt", at.minus(HOUR));
        version.put("reviewNote", edition.note());
      }
    }
    if (List.of("published", "replaced", "retired").contains(stage)) {
      version.put("publisherName", names.apply(edition.author()));
      version.put("publishedAt", at);
    }
    if (stage.equals("replaced")) {
      version.put("endedAt", at(article.editions().get(index + 1)));
    }
    if (stage.equals("retired")) {
      version.put("endedAt", now.minus(Duration.ofDays(article.number("ended"))));
    }
    return version;
  }

  /** The last one is as far as the article says; the one before is out, if the last is not. */
  private static String stage(SampleArticle article, int index) {
    String state = article.get("state", "published");
    int last = article.editions().size() - 1;
    if (index == last) {
      return state;
    }
    boolean out = state.equals("published") || state.equals("retired");
    return index == last - 1 && !out ? "published" : "replaced";
  }

  private Instant at(Edition edition) {
    return now.minus(Duration.ofDays(edition.age())).minus(Duration.ofMinutes(37));
  }
}
