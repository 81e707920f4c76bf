/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.talka.knowledge.internal.model.Stage;

/** The text of an article at one time. Once it has left {@link Stage#DRAFT} it does not change. */
@Entity
@Table(name = "knowledge_version")
@IdClass(ArticleVersion.Key.class)
public class ArticleVersion {
  @Id
  @Column(name = "article_id")
  private long article;

  @Id
  @Column(name = "number")
  private int number;

  @Column(name = "stage")
  private String stage;

  @Column(name = "title")
  private String title;

  @Column(name = "summary")
  private String summary;

  @Lob
  @Column(name = "body")
  private String body;

  @Column(name = "keywords")
  private String keywords;

  @Column(name = "based_on")
  private int basedOn;

  @Column(name = "author_id")
  private Long author;

  @Column(name = "writers")
  private String writers = ",";

  @Column(name = "author_name")
  private String authorName;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "changed_at")
  private Instant changedAt;

  @Column(name = "submitted_at")
  private Instant submittedAt;

  @Column(name = "submit_note")
  private String submitNote;

  @Column(name = "reviewer_id")
  private Long reviewer;

  @Column(name = "reviewer_name")
  private String reviewerName;

  @Column(name = "reviewed_at")
  private Instant reviewedAt;

  @Column(name = "review_note")
  private String reviewNote;

  @Column(name = "publisher_name")
  private String publisherName;

  @Column(name = "published_at")
  private Instant publishedAt;

  @Column(name = "ended_at")
  private Instant endedAt;

  protected ArticleVersion() {}

  /**
   * @param basedOn the number of the version that it was made from, or 0
   */
  public ArticleVersion(
      long article, int number, int basedOn, Signature author, Words words, Instant at) {
    this.article = article;
    this.number = number;
    this.basedOn = basedOn;
    this.stage = Stage.DRAFT.word();
    this.createdAt = at;
    write(author, words, at);
  }

  /** As it came from elsewhere, with all that has happened to it. */
  public static ArticleVersion arrived(long article, int number, Past past) {
    ArticleVersion version = new ArticleVersion();
    version.article = article;
    version.number = number;
    version.arrive(past);
    return version;
  }

  /** Takes what happened to it elsewhere, in place of what was known. */
  public final void arrive(Past past) {
    stage = past.stage().word();
    title = past.words().title();
    summary = past.words().summary();
    body = past.words().body();
    keywords = past.words().keywords();
    basedOn = past.basedOn();
    author = past.author().id();
    authorName = past.author().name();
    writers = past.writers().stream().map(id -> id + ",").collect(Collectors.joining("", ",", ""));
    createdAt = past.createdAt();
    changedAt = past.changedAt();
    submittedAt = past.submittedAt().orElse(null);
    submitNote = past.submitNote().orElse(null);
    reviewer = past.reviewer().id();
    reviewerName = past.reviewer().name();
    reviewedAt = past.reviewedAt().orElse(null);
    reviewNote = past.reviewNote().orElse(null);
    publisherName = past.publisherName().orElse(null);
    publishedAt = past.publishedAt().orElse(null);
    endedAt = past.endedAt().orElse(null);
  }

  /**
   * Everything that is known of a version.
   *
   * @param writers all who have changed it
   * @param reviewer both parts null when nobody has reviewed it
   */
  public record Past(
      Stage stage,
      Words words,
      int basedOn,
      Signature author,
      Set<Long> writers,
      Instant createdAt,
      Instant changedAt,
      Optional<Instant> submittedAt,
      Optional<String> submitNote,
      Signature reviewer,
      Optional<Instant> reviewedAt,
      Optional<String> reviewNote,
      Optional<String> publisherName,
      Optional<Instant> publishedAt,
      Optional<Instant> endedAt) {
    /** The same with other words. */
    public Past with(Words other) {
      return new Past(
          stage,
          other,
          basedOn,
          author,
          writers,
          createdAt,
          changedAt,
          submittedAt,
          submitNote,
          reviewer,
          reviewedAt,
          reviewNote,
          publisherName,
          publishedAt,
          endedAt);
    }

    /** The last thing that happened to it. */
    public Instant last() {
      return Stream.of(submittedAt, reviewedAt, publishedAt, endedAt)
          .flatMap(Optional::stream)
          .filter(changedAt::isBefore)
          .max(Instant::compareTo)
          .orElse(changedAt);
    }
  }

  /** Who did something; the name stays readable when the account has gone. */
  public record Signature(Long id, String name) {}

  /** What people read. Keywords are words beside it under which it is found. */
  public record Words(String title, String summary, String body, String keywords) {}

  public final void write(Signature by, Words words, Instant at) {
    if (stage() != Stage.DRAFT) {
      throw new IllegalStateException(Article.key(article) + "/" + number + " is " + stage);
    }
    this.title = words.title();
    this.summary = words.summary();
    this.body = words.body();
    this.keywords = words.keywords();
    this.author = by.id();
    if (by.id() != null && !writtenBy(by.id())) {
      this.writers += by.id() + ",";
    }
    this.authorName = by.name();
    this.changedAt = at;
  }

  public void submit(String note, Instant at) {
    stage = Stage.IN_REVIEW.word();
    submitNote = note;
    submittedAt = at;
    review(null, null, null);
  }

  public void withdraw() {
    stage = Stage.DRAFT.word();
  }

  public void sendBack(Signature by, String note, Instant at) {
    stage = Stage.DRAFT.word();
    review(by, note, at);
  }

  public void approve(Signature by, String note, Instant at) {
    stage = Stage.APPROVED.word();
    review(by, note, at);
  }

  private void review(Signature by, String note, Instant at) {
    reviewer = by == null ? null : by.id();
    reviewerName = by == null ? null : by.name();
    reviewNote = note;
    reviewedAt = at;
  }

  public void publish(Signature by, Instant at) {
    stage = Stage.PUBLISHED.word();
    publisherName = by.name();
    publishedAt = at;
  }

  public void replaced(Instant at) {
    stage = Stage.REPLACED.word();
    endedAt = at;
  }

  public void retired(Instant at) {
    stage = Stage.RETIRED.word();
    endedAt = at;
  }

  public long article() {
    return article;
  }

  public int number() {
    return number;
  }

  public Stage stage() {
    return Stage.of(stage);
  }

  public String title() {
    return title;
  }

  public Words words() {
    return new Words(title, summary, body, keywords);
  }

  public int basedOn() {
    return basedOn;
  }

  /** Who wrote last. */
  public Optional<Long> author() {
    return Optional.ofNullable(author);
  }

  /** All who wrote or changed this text. */
  public Set<Long> writers() {
    return Arrays.stream(writers.split(","))
        .filter(part -> !part.isEmpty())
        .map(Long::valueOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Whether somebody wrote or changed this text, whoever did so last. */
  public boolean writtenBy(long person) {
    return writers.contains("," + person + ",");
  }

  public String authorName() {
    return authorName;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant changedAt() {
    return changedAt;
  }

  public Optional<Instant> submittedAt() {
    return Optional.ofNullable(submittedAt);
  }

  public Optional<String> submitNote() {
    return Optional.ofNullable(submitNote);
  }

  public Optional<Long> reviewer() {
    return Optional.ofNullable(reviewer);
  }

  public Optional<String> reviewerName() {
    return Optional.ofNullable(reviewerName);
  }

  public Optional<Instant> reviewedAt() {
    return Optional.ofNullable(reviewedAt);
  }

  public Optional<String> reviewNote() {
    return Optional.ofNullable(reviewNote);
  }

  public Optional<String> publisherName() {
    return Optional.ofNullable(publisherName);
  }

  public Optional<Instant> publishedAt() {
    return Optional.ofNullable(publishedAt);
  }

  /** Until when readers saw it. */
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long article;
    private int number;

    public Key() {}

    public Key(long article, int number) {
      this.article = article;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.article == article && key.number == number;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(article) + number;
    }
  }
}
