/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import jakarta.persistence.EntityManager;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.security.People;
import org.talka.api.text.Translator;
import org.talka.api.ticket.TicketReferences;
import org.talka.knowledge.internal.archive.ArrivingArticle.FileLine;
import org.talka.knowledge.internal.archive.ArrivingArticle.Version;
import org.talka.knowledge.internal.archive.Tally.Outcome;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.service.ArticleValues;
import org.talka.knowledge.internal.service.Editing;
import org.talka.knowledge.internal.service.Given;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.service.Pictures;
import org.talka.knowledge.internal.service.Shelves;
import org.talka.knowledge.internal.store.Arrival;
import org.talka.knowledge.internal.store.ArrivalFile;
import org.talka.knowledge.internal.store.ArrivalStore;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Past;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.knowledge.internal.store.Category;
import org.talka.knowledge.internal.store.Enclosure;
import org.talka.knowledge.internal.store.EnclosureStore;
import org.talka.knowledge.internal.store.UseStore;

/** Takes single articles and files out of archives: the only way in which versions come whole. */
@Component(service = Acceptance.class)
public class Acceptance {
  private static final int MOST_ARTICLES = 1_000_000;
  private static final int MAX_DESK = 40;
  private static final int MOST_SHELVES = 500;

  private final ArticleStore store;
  private final ArrivalStore arrivals;
  private final EnclosureStore files;
  private final UseStore uses;
  private final ArticleValues values;
  private final Shelves shelves;
  private final Library library;
  private final ArchiveExport export;
  private final Origin origin;
  private final ArticleIndex index;
  private final TicketReferences references;
  private final People people;
  private final Translator translator;

  @Activate
  public Acceptance(
      @Reference ArticleStore store,
      @Reference ArrivalStore arrivals,
      @Reference EnclosureStore files,
      @Reference UseStore uses,
      @Reference ArticleValues values,
      @Reference Shelves shelves,
      @Reference Library library,
      @Reference ArchiveExport export,
      @Reference Origin origin,
      @Reference ArticleIndex index,
      @Reference TicketReferences references,
      @Reference People people,
      @Reference Translator translator) {
    this.store = store;
    this.arrivals = arrivals;
    this.files = files;
    this.uses = uses;
    this.values = values;
    this.shelves = shelves;
    this.library = library;
    this.export = export;
    this.origin = origin;
    this.index = index;
    this.references = references;
    this.people = people;
    this.translator = translator;
  }

  /**
   * @param head the first entry of an archive
   * @throws DomainException MALFORMED, INVALID when this desk can't read it
   */
  Batch begin(Map<String, Object> head, boolean trial, Tally tally) {
    List<FieldError> errors = new ArrayList<>();
    Fields fields = new Fields("", head, errors);
    if (!Layout.FORMAT.equals(fields.raw("format"))) {
      throw DomainException.malformed("error.knowledge.archive.unreadable");
    }
    if (fields.number("version", 0, 1, Integer.MAX_VALUE) > Layout.VERSION) {
      throw DomainException.invalid("version", "error.knowledge.archive.version");
    }
    String desk = fields.required("desk", MAX_DESK);
    Set<String> coming = new HashSet<>(fields.words("articles", MOST_ARTICLES, MAX_DESK));
    if (desk.isBlank() || !errors.isEmpty()) {
      throw DomainException.malformed("error.knowledge.archive.unreadable");
    }
    return new Batch(desk, coming, trial, tally);
  }

  /** How many articles the last entry says that there are; -1 when it says nothing of the kind. */
  static int announced(byte[] end) {
    try {
      return new Fields("", Json.object(end), new ArrayList<>())
          .number("articles", -1, 0, MOST_ARTICLES);
    } catch (DomainException unreadable) {
      return -1;
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Long> person(String username) {
    return people.personByUsername(username).map(person -> person.id().value());
  }

  private String words(DomainException refused) {
    List<String> said = new ArrayList<>();
    for (FieldError error : refused.fieldErrors()) {
      said.add(
          error.field() + ": " + translator.translate(error.message(), library.caller().locale()));
    }
    return said.isEmpty()
        ? translator.translate(refused.text(), library.caller().locale())
        : String.join(" ", said.subList(0, Math.min(5, said.size())));
  }

  /** What comes out of one archive. For one thread. */
  final class Batch {
    private final String desk;
    private final boolean own;
    private final boolean trial;
    private final Tally tally;
    private final Pointers pointers;
    private Shelf shelf;

    /** The files that follow the article before, by their id at their desk. */
    private final Map<Long, Expected> expected = new LinkedHashMap<>();

    private String current = "";

    private Batch(String desk, Set<String> coming, boolean trial, Tally tally) {
      this.desk = desk;
      this.own = desk.equals(origin.name());
      this.trial = trial;
      this.tally = tally;
      this.pointers = new Pointers(desk, own, coming, arrivals, store);
      this.shelf = new Shelf(store.categories());
    }

    private record Expected(long article, long file, FileLine line) {}

    void problem(String entry, String title, DomainException refused) {
      tally.problem(entry, title, words(refused));
    }

    void shelves(String name, byte[] document) {
      try {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = new Fields("", Json.object(document), errors);
        for (Fields line : fields.objects("categories", MOST_SHELVES)) {
          List<String> path =
              line.words("path", ArrivingArticle.DEEPEST_SHELF, ArrivingArticle.MAX_SHELF);
          int place = line.number("place", 0, 0, 10_000);
          if (errors.isEmpty() && !trial) {
            shelf(path, Optional.of(place));
          }
        }
        if (!errors.isEmpty()) {
          throw DomainException.invalid(errors);
        }
      } catch (DomainException refused) {
        problem(name, "", refused);
      }
    }

    /** Those on the way are made where they are missing; those that are there stay as they are. */
    private Optional<Long> shelf(List<String> path, Optional<Integer> place) {
      Optional<Long> parent = Optional.empty();
      for (int depth = 1; depth <= path.size(); depth++) {
        List<String> way = path.subList(0, depth);
        Optional<Long> known = shelf.find(way);
        if (known.isEmpty()) {
          Map<String, Object> wanted = new HashMap<>();
          wanted.put("name", path.get(depth - 1));
          parent.ifPresent(id -> wanted.put("parent", id.toString()));
          if (depth == path.size()) {
            place.ifPresent(at -> wanted.put("place", at));
          }
          Category made = shelves.create(wanted);
          shelf.add(made);
          known = Optional.of(made.id());
        }
        parent = known;
      }
      return parent;
    }

    void article(String name, String key, byte[] document) {
      missing();
      current = key;
      String title = "";
      try {
        Map<String, Object> read = Json.object(document);
        title = title(read);
        ArrivingArticle article = ArrivingArticle.read(key, read, Acceptance.this::person);
        tally.article(trial ? check(article, document) : accept(article, document));
      } catch (DomainException refused) {
        tally.article(Outcome.REFUSED);
        problem(name, title, refused);
      } catch (ConcurrentChangeException meanwhile) {
        tally.article(Outcome.REFUSED);
        problem(name, title, DomainException.conflict("error.knowledge.stale"));
      }
    }

    private Outcome check(ArrivingArticle article, byte[] document) {
      Outcome outcome = outcome(article.key(), arrivals.find(desk, article.key()), document);
      if (outcome == Outcome.UNCHANGED) {
        pending(article, arrivals.find(desk, article.key()));
      } else {
        attributes(article, new Article(0, "how-to", Audience.AGENTS, "en", null, Instant.EPOCH));
        article.files().forEach(line -> expected.put(line.id(), new Expected(0, 0, line)));
        arrivals
            .find(desk, article.key())
            .ifPresent(
                arrival ->
                    arrivals.filesOf(desk, arrival.article()).stream()
                        .filter(ArrivalFile::here)
                        .forEach(file -> expected.remove(file.origin())));
      }
      return outcome;
    }

    private Outcome accept(ArrivingArticle article, byte[] document) {
      try {
        return store.write(em -> accept(em, article, document));
      } catch (RuntimeException rolledBack) {
        // categories that were made with it are gone with it
        shelf = new Shelf(store.categories());
        expected.clear();
        throw rolledBack;
      }
    }

    private Outcome accept(EntityManager em, ArrivingArticle article, byte[] document) {
      Outcome outcome = outcome(article.key(), arrivals.find(desk, article.key()), document);
      if (outcome == Outcome.UNCHANGED) {
        pending(article, arrivals.find(desk, article.key()));
        return outcome;
      }
      Arrival arrival = arrivals.reserve(desk, article.key());
      boolean fresh = outcome == Outcome.CREATED;
      Article here =
          fresh
              ? new Article(
                  arrival.article(), "how-to", Audience.AGENTS, "en", null, article.createdAt())
              : em.find(Article.class, arrival.article());
      attributes(article, here);
      here.category(shelf(article.shelf(), Optional.empty()).orElse(null));
      here.owner(article.owner().orElse(null));
      here.reviewer(article.reviewer().orElse(null));
      here.translates(
          article.source().flatMap(pointers::article).orElse(null), article.sourceNumber());
      here.supersedes(article.supersedes().flatMap(pointers::article).orElse(null));
      versions(em, article, here);
      if (fresh) {
        here.touched(article.last());
        em.persist(here);
        uses.begin(here.id());
      } else {
        here.touched(Instant.now().truncatedTo(ChronoUnit.MICROS));
      }
      em.flush();
      arrival.came(digest(document), here.version());
      files(article, here.id());
      index.later(List.of(here.id()));
      if (!fresh) {
        references.retitle(
            here.key(), Editing.referenceTitle(here), Editing.internal(here, library.reader()));
      }
      return outcome;
    }

    /**
     * @throws DomainException CONFLICT when it was changed here since it came
     */
    private Outcome outcome(String key, Optional<Arrival> known, byte[] document) {
      Optional<Arrival> came = known.filter(arrival -> !arrival.digest().isEmpty());
      Optional<Article> here =
          known.isPresent()
              ? came.map(Arrival::article).flatMap(store::find)
              : own ? Article.idOf(key).flatMap(store::find) : Optional.empty();
      if (here.isEmpty()) {
        return Outcome.CREATED;
      }
      String digest = came.map(Arrival::digest).orElseGet(() -> digest(export.form(here.get())));
      if (digest.equals(digest(document))) {
        return Outcome.UNCHANGED;
      }
      if (came.isEmpty() || came.get().version() != here.get().version()) {
        throw DomainException.conflict("error.knowledge.archive.changed", "key", here.get().key());
      }
      return Outcome.UPDATED;
    }

    private void attributes(ArrivingArticle article, Article here) {
      Given given = values.given(article.values());
      values.apply(given, here);
      given.raise();
    }

    private void versions(EntityManager em, ArrivingArticle article, Article here) {
      Map<Integer, ArticleVersion> present =
          store.versions(here.id(), Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
              .collect(Collectors.toMap(ArticleVersion::number, version -> version));
      Map<Integer, ArticleVersion> arrived = new HashMap<>();
      int last = 0;
      for (Version version : article.versions()) {
        last = version.number();
        ArticleVersion.Key key = new ArticleVersion.Key(here.id(), last);
        ArticleVersion row =
            present.remove(last) == null ? null : em.find(ArticleVersion.class, key);
        if (row == null) {
          row = ArticleVersion.arrived(here.id(), last, pointed(version.past()));
          em.persist(row);
        } else {
          row.arrive(pointed(version.past()));
        }
        arrived.put(last, row);
      }
      present
          .keySet()
          .forEach(
              gone ->
                  em.remove(
                      em.find(ArticleVersion.class, new ArticleVersion.Key(here.id(), gone))));
      here.arrive(
          article.published().map(version -> arrived.get(version.number())),
          article.working().map(version -> arrived.get(version.number())),
          last);
    }

    /** The same with the numbers that hold here. */
    private Past pointed(Past past) {
      String summary = pointers.text(past.words().summary());
      return past.with(
          new Words(
              past.words().title(),
              summary.length() > ArticleValues.MAX_SUMMARY ? past.words().summary() : summary,
              pointers.text(past.words().body()),
              past.words().keywords()));
    }

    private void files(ArrivingArticle article, long here) {
      Set<Long> named = article.files().stream().map(FileLine::id).collect(Collectors.toSet());
      for (ArrivalFile file : arrivals.filesOf(desk, here)) {
        if (file.here() && !named.contains(file.origin())) {
          files.remove(here, file.file());
          arrivals.forgetFile(desk, file.origin());
        }
      }
      for (FileLine line : article.files()) {
        ArrivalFile file = arrivals.reserveFile(desk, line.id(), here);
        if (file.article() != here) {
          throw DomainException.invalid("files", "error.knowledge.archive.twice");
        }
        expect(file, line);
      }
    }

    /** Files that were still to come when the archive was cut off the last time. */
    private void pending(ArrivingArticle article, Optional<Arrival> arrival) {
      arrival.ifPresent(
          known ->
              article
                  .files()
                  .forEach(
                      line ->
                          arrivals.file(desk, line.id()).ifPresent(file -> expect(file, line))));
    }

    private void expect(ArrivalFile file, FileLine line) {
      if (!file.here()) {
        expected.put(line.id(), new Expected(file.article(), file.file(), line));
      }
    }

    void file(String name, String key, long id, byte[] content) {
      if (!key.equals(current)) {
        problem(name, "", DomainException.malformed("error.knowledge.archive.entry"));
        return;
      }
      Expected wanted = expected.remove(id);
      if (wanted == null) {
        // it is here already, or its article was refused
        return;
      }
      if (content.length != wanted.line().size()) {
        problem(
            name, wanted.line().name(), DomainException.malformed("error.knowledge.archive.size"));
        return;
      }
      if (!trial) {
        FileLine line = wanted.line();
        Enclosure enclosure =
            new Enclosure(
                wanted.file(),
                wanted.article(),
                line.number(),
                line.name(),
                Pictures.type(content),
                content,
                line.addedBy(),
                line.addedAt());
        store.write(
            em -> {
              arrivals.came(desk, id, enclosure);
              return null;
            });
      }
      tally.file();
    }

    void end() {
      missing();
    }

    private void missing() {
      expected.forEach(
          (id, wanted) ->
              problem(
                  Layout.file(current, id),
                  wanted.line().name(),
                  DomainException.malformed("error.knowledge.archive.missing")));
      expected.clear();
    }

    private static String title(Map<String, Object> document) {
      if (document.get("versions") instanceof List<?> versions
          && !versions.isEmpty()
          && versions.get(versions.size() - 1) instanceof Map<?, ?> last
          && last.get("title") instanceof String title) {
        return title.length() > ArticleValues.MAX_TITLE
            ? title.substring(0, ArticleValues.MAX_TITLE)
            : title;
      }
      return "";
    }
  }
}
