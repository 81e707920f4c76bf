/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.model.Days;
import org.talka.knowledge.internal.model.Stage;

/**
 * What holds for an article over all its versions: for whom it is, who looks after it, which
 * version readers see and which is being worked on. Changed inside of a transaction only.
 */
@Entity
@Table(name = "knowledge_article")
public class Article {
  public static final String PREFIX = "KB-";

  /** No version: as a number, so that it can be compared. */
  private static final int NONE = 0;

  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "kind")
  private String kind;

  @Column(name = "category_id")
  private Long category;

  @Column(name = "audience")
  private String audience;

  @Column(name = "teams")
  private String teams = "";

  @Column(name = "language")
  private String language;

  @Column(name = "title")
  private String title;

  @Column(name = "state")
  private String state;

  @Column(name = "published_number")
  private int published;

  @Column(name = "working_number")
  private int working;

  @Column(name = "working_state")
  private String workingState = "";

  @Column(name = "last_number")
  private int last;

  @Column(name = "owner_id")
  private Long owner;

  @Column(name = "reviewer_id")
  private Long reviewer;

  @Column(name = "review_due")
  private long reviewDue = Days.NEVER;

  @Column(name = "valid_from")
  private long validFrom = Days.ALWAYS;

  @Column(name = "valid_until")
  private long validUntil = Days.NEVER;

  @Column(name = "source_id")
  private Long source;

  @Column(name = "source_number")
  private int sourceNumber;

  @Column(name = "supersedes_id")
  private Long supersedes;

  @Column(name = "validated")
  private boolean validated;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Article() {}

  public Article(long id, String kind, Audience audience, String language, Long owner, Instant at) {
    this.id = id;
    this.kind = kind;
    this.audience = audience.word();
    this.language = language;
    this.owner = owner;
    this.createdAt = at;
    this.updatedAt = at;
    this.title = "";
    this.state = Stage.DRAFT.word();
  }

  public long id() {
    return id;
  }

  /** The number that people say; never reused. */
  public String key() {
    return key(id);
  }

  public static String key(long id) {
    return String.format(Locale.ROOT, "%s%06d", PREFIX, id);
  }

  /** The id in a key, in whatever case it was typed. */
  public static Optional<Long> idOf(String key) {
    if (key == null || !key.toUpperCase(Locale.ROOT).matches(PREFIX + "[0-9]{1,15}")) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(key.substring(PREFIX.length())));
  }

  public String kind() {
    return kind;
  }

  public void kind(String kind) {
    this.kind = kind;
  }

  public Optional<Long> category() {
    return Optional.ofNullable(category);
  }

  public void category(Long category) {
    this.category = category;
  }

  public Audience audience() {
    return Audience.of(audience).orElse(Audience.TEAMS);
  }

  public Set<Long> teams() {
    return Arrays.stream(teams.split(","))
        .filter(part -> !part.isEmpty())
        .map(Long::valueOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Teams count for {@link Audience#TEAMS} only. */
  public void audience(Audience audience, Set<Long> teams) {
    this.audience = audience.word();
    this.teams =
        audience != Audience.TEAMS || teams.isEmpty()
            ? ""
            : teams.stream().map(String::valueOf).collect(Collectors.joining(",", ",", ","));
  }

  public String language() {
    return language;
  }

  public void language(String language) {
    this.language = language;
  }

  /** That of the version which readers see, else of the one that is being worked on. */
  public String title() {
    return title;
  }

  public Stage state() {
    return Stage.of(state);
  }

  /** The number of the version that readers see, or saw last when it is retired. */
  public Optional<Integer> published() {
    return published == NONE ? Optional.empty() : Optional.of(published);
  }

  /** The number of the version that is being worked on. */
  public Optional<Integer> working() {
    return working == NONE ? Optional.empty() : Optional.of(working);
  }

  public Optional<Stage> workingState() {
    return workingState.isEmpty() ? Optional.empty() : Optional.of(Stage.of(workingState));
  }

  public int nextNumber() {
    last++;
    return last;
  }

  /** The number of the version that is being worked on, or else of the one that comes next. */
  public int upcoming() {
    return working == NONE ? last + 1 : working;
  }

  /** A version is being worked on; it leads as long as nothing is published. */
  public void works(ArticleVersion on) {
    working = on.number();
    workingState = on.stage().word();
    if (published == NONE) {
      title = on.title();
      state = workingState;
    }
  }

  public void worksNoMore() {
    working = NONE;
    workingState = "";
  }

  public void publish(ArticleVersion version) {
    published = version.number();
    title = version.title();
    state = Stage.PUBLISHED.word();
    worksNoMore();
  }

  /**
   * Takes the state that it has elsewhere.
   *
   * @param published the version that readers see, or saw last
   * @param working the version that is being worked on
   * @param last the highest number
   */
  public void arrive(
      Optional<ArticleVersion> published, Optional<ArticleVersion> working, int last) {
    worksNoMore();
    this.published = NONE;
    this.last = last;
    published.ifPresent(
        version -> {
          publish(version);
          state = version.stage().word();
        });
    working.ifPresent(this::works);
  }

  public void retire() {
    state = Stage.RETIRED.word();
  }

  public Optional<Long> owner() {
    return Optional.ofNullable(owner);
  }

  public void owner(Long owner) {
    this.owner = owner;
  }

  public Optional<Long> reviewer() {
    return Optional.ofNullable(reviewer);
  }

  public void reviewer(Long reviewer) {
    this.reviewer = reviewer;
  }

  public Optional<LocalDate> reviewDue() {
    return Days.day(reviewDue);
  }

  public void reviewDue(Optional<LocalDate> day) {
    this.reviewDue = Days.until(day);
  }

  public Optional<LocalDate> validFrom() {
    return Days.day(validFrom);
  }

  public Optional<LocalDate> validUntil() {
    return Days.day(validUntil);
  }

  public void valid(Optional<LocalDate> from, Optional<LocalDate> until) {
    this.validFrom = Days.from(from);
    this.validUntil = Days.until(until);
  }

  long reviewDueDay() {
    return reviewDue;
  }

  long validFromDay() {
    return validFrom;
  }

  long validUntilDay() {
    return validUntil;
  }

  /** The article of which this is a translation. */
  public Optional<Long> source() {
    return Optional.ofNullable(source);
  }

  /** The source's version that was translated. */
  public int sourceNumber() {
    return sourceNumber;
  }

  public void translates(Long source, int number) {
    this.source = source;
    this.sourceNumber = number;
  }

  public Optional<Long> supersedes() {
    return Optional.ofNullable(supersedes);
  }

  public void supersedes(Long article) {
    this.supersedes = article;
  }

  /** Whether somebody vouches that it works, beyond its having been reviewed. */
  public boolean validated() {
    return validated;
  }

  public void validated(boolean validated) {
    this.validated = validated;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public void touched(Instant at) {
    // two changes within the clock's grain still make two versions of the row
    this.updatedAt = at.isAfter(updatedAt) ? at : updatedAt.plusNanos(1_000);
  }

  public long version() {
    return version;
  }
}
