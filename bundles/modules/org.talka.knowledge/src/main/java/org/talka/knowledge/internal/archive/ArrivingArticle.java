/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.service.ArticleValues;
import org.talka.knowledge.internal.service.Editing;
import org.talka.knowledge.internal.service.Enclosures;
import org.talka.knowledge.internal.store.ArticleVersion.Past;
import org.talka.knowledge.internal.store.ArticleVersion.Signature;
import org.talka.knowledge.internal.store.ArticleVersion.Words;

/**
 * An article out of an archive, read and checked by itself; what it points to is not looked at yet.
 *
 * @param values what holds for all versions, for {@link ArticleValues}
 * @param shelf the names on the way to its category; empty for none
 * @param versions in the order of their numbers, at least one
 */
record ArrivingArticle(
    String key,
    Map<String, Object> values,
    List<String> shelf,
    Optional<Long> owner,
    Optional<Long> reviewer,
    Optional<String> source,
    int sourceNumber,
    Optional<String> supersedes,
    Instant createdAt,
    List<Version> versions,
    List<FileLine> files) {
  static final int MOST_VERSIONS = 1_000;
  static final int DEEPEST_SHELF = 20;
  static final int MAX_SHELF = 100;

  private static final int MAX_KEY = 20;
  private static final int MAX_USERNAME = 200;
  private static final int MOST_WRITERS = 100;
  private static final int MAX_FILE = 200;
  private static final int MOST = 1_000_000;

  private static final List<String> VALUES =
      List.of(
          "kind",
          "audience",
          "teams",
          "language",
          "reviewDue",
          "validFrom",
          "validUntil",
          "validated");

  private static final Set<Stage> WORKING = Set.of(Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED);

  record Version(int number, Past past) {
    boolean working() {
      return WORKING.contains(past.stage());
    }
  }

  /**
   * A file that follows.
   *
   * @param id at its desk
   * @param number of the version that it came with
   */
  record FileLine(long id, int number, String name, int size, String addedBy, Instant addedAt) {}

  /**
   * @param key by the name of the entry
   * @param person somebody's id by the user name; of who is not known here nothing but the name
   *     stays
   * @throws DomainException INVALID with everything that is wrong
   */
  static ArrivingArticle read(
      String key, Map<String, Object> document, Function<String, Optional<Long>> person) {
    List<FieldError> errors = new ArrayList<>();
    Fields fields = new Fields("", document, errors);
    if (!fields.required("key", MAX_KEY).equals(key)) {
      fields.wrong("key", "error.knowledge.archive.key");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    VALUES.stream().filter(fields::has).forEach(name -> values.put(name, fields.raw(name)));
    List<Version> versions = new ArrayList<>();
    for (Fields version : fields.objects("versions", MOST_VERSIONS)) {
      versions.add(version(version, person));
    }
    List<FileLine> files = new ArrayList<>();
    for (Fields file : fields.objects("files", Enclosures.MANY)) {
      files.add(file(file));
    }
    if (new HashSet<>(files.stream().map(FileLine::id).toList()).size() < files.size()) {
      fields.wrong("files", "error.knowledge.archive.twice");
    }
    order(fields, versions);
    ArrivingArticle article =
        new ArrivingArticle(
            key,
            values,
            fields.words("category", DEEPEST_SHELF, MAX_SHELF),
            fields.text("owner", MAX_USERNAME).flatMap(person),
            fields.text("reviewer", MAX_USERNAME).flatMap(person),
            fields.text("source", MAX_KEY),
            fields.number("sourceNumber", 0, 0, MOST),
            fields.text("supersedes", MAX_KEY),
            moment(fields, "createdAt"),
            versions,
            files);
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    return article;
  }

  /** Numbers grow, readers see one at most, and what is being worked on is the last. */
  private static void order(Fields fields, List<Version> versions) {
    boolean grows = !versions.isEmpty();
    int before = 0;
    for (Version version : versions) {
      grows &= version.number() > before;
      before = version.number();
    }
    boolean published = false;
    Stage out = Stage.PUBLISHED;
    for (Version version : versions) {
      boolean last = version.number() == before;
      grows &= last || !version.working();
      // what was out earlier has ended when the next came out
      grows &= !published || version.working();
      published |= version.past().stage() == Stage.PUBLISHED;
      out = version.working() ? out : version.past().stage();
    }
    if (!grows || out == Stage.REPLACED) {
      fields.wrong("versions", "error.knowledge.archive.versions");
    }
  }

  private static Version version(Fields fields, Function<String, Optional<Long>> person) {
    Words words =
        new Words(
            fields.required("title", ArticleValues.MAX_TITLE).strip(),
            fields.text("summary", ArticleValues.MAX_SUMMARY).orElse(""),
            fields.text("body", ArticleValues.MAX_BODY).orElse(""),
            fields.text("keywords", ArticleValues.MAX_KEYWORDS).orElse(""));
    if (fields.has("title") && words.title().isEmpty()) {
      fields.wrong("title", "error.knowledge.field.required");
    }
    Stage stage = stage(fields);
    Optional<Instant> published = fields.moment("publishedAt");
    if (!WORKING.contains(stage) && published.isEmpty()) {
      fields.wrong("publishedAt", "error.knowledge.field.required");
    }
    Set<Long> writers =
        fields.words("writers", MOST_WRITERS, MAX_USERNAME).stream()
            .flatMap(name -> person.apply(name).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Signature author =
        new Signature(
            fields.text("author", MAX_USERNAME).flatMap(person).orElse(null),
            fields.required("authorName", Editing.MAX_NAME));
    if (author.id() != null) {
      writers.add(author.id());
    }
    return new Version(
        fields.number("number", 0, 1, MOST),
        new Past(
            stage,
            words,
            fields.number("basedOn", 0, 0, MOST),
            author,
            writers,
            moment(fields, "createdAt"),
            moment(fields, "changedAt"),
            fields.moment("submittedAt"),
            fields.text("submitNote", Editing.MAX_NOTE),
            new Signature(
                fields.text("reviewer", MAX_USERNAME).flatMap(person).orElse(null),
                fields.text("reviewerName", Editing.MAX_NAME).orElse(null)),
            fields.moment("reviewedAt"),
            fields.text("reviewNote", Editing.MAX_NOTE),
            fields.text("publisherName", Editing.MAX_NAME),
            published,
            fields.moment("endedAt")));
  }

  private static Stage stage(Fields fields) {
    String word = fields.required("stage", MAX_KEY);
    for (Stage stage : Stage.values()) {
      if (stage.word().equals(word)) {
        return stage;
      }
    }
    fields.wrong("stage", "error.knowledge.archive.stage");
    return Stage.DRAFT;
  }

  private static FileLine file(Fields fields) {
    long id = fields.raw("id") instanceof Number number ? number.longValue() : 0;
    if (id <= 0) {
      fields.wrong("id", "error.knowledge.field.number", "min", 1, "max", Long.MAX_VALUE);
    }
    String name = fields.required("name", MAX_FILE).replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\]", "_");
    return new FileLine(
        id,
        fields.number("number", 0, 1, MOST),
        name.isBlank() ? "file" : name,
        fields.number("size", 0, 1, Enclosures.MAX_BYTES),
        fields.text("addedBy", Editing.MAX_NAME).orElse(""),
        moment(fields, "addedAt"));
  }

  private static Instant moment(Fields fields, String name) {
    if (!fields.has(name)) {
      fields.wrong(name, "error.knowledge.field.required");
    }
    return fields.moment(name).orElse(Instant.EPOCH);
  }

  /** The version that readers see, or saw last. */
  Optional<Version> published() {
    return versions.stream()
        .filter(version -> !version.working())
        .reduce((earlier, later) -> later);
  }

  Optional<Version> working() {
    return versions.stream().filter(Version::working).findFirst();
  }

  /** When something last happened to it. */
  Instant last() {
    return versions.stream()
        .map(version -> version.past().last())
        .max(Instant::compareTo)
        .orElse(createdAt);
  }
}
