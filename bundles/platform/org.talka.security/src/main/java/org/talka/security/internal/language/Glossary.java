/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.language;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.module.DeskWords;
import org.talka.security.internal.text.FieldChecks;

/**
 * The words of the desk as administrators renamed them, each in its language. What is renamed wins
 * over the catalogues at once, in open pages and in whatever the server says; it stays when its
 * module goes, and counts again when it comes back. Any thread; blocks on the database.
 */
@Component(service = Glossary.class, immediate = true)
public class Glossary {
  static final int LONGEST = 2_000;
  static final int MOST = 5_000;

  private final Database database;
  private final Transactions transactions;
  private final DeskWords words;
  private final Audit audit;
  private final Callers callers;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public Glossary(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference DeskWords words,
      @Reference Audit audit,
      @Reference Callers callers) {
    this.database = database;
    this.transactions = transactions;
    this.words = words;
    this.audit = audit;
    this.callers = callers;
    tell();
  }

  /**
   * Which words are looked for.
   *
   * @param q part of a key or of a text, in whatever case
   * @param module whose words
   */
  public record Wanted(Optional<String> q, Optional<String> module, Only only) {}

  public enum Only {
    ALL,
    /** What was renamed, also while its module is away. */
    CHANGED,
    /** What the language lacks, so that English stands in. */
    MISSING
  }

  /**
   * How much of a module's words a language has.
   *
   * @param words how many there are
   * @param translated how many of them the language has
   */
  public record Completeness(String module, int words, int translated) {}

  /** How complete a language is: the desk first, then each module that is here. */
  public List<Completeness> completeness(Locale language) {
    return words.sources().stream()
        .map(
            source -> {
              Set<String> keys = keys(source);
              Set<String> here =
                  source.catalogues().getOrDefault(language.getLanguage(), Map.of()).keySet();
              return new Completeness(source.module(), keys.size(), here.size());
            })
        .toList();
  }

  private static Set<String> keys(DeskWords.Source source) {
    Set<String> keys = new HashSet<>();
    source.catalogues().values().forEach(catalogue -> keys.addAll(catalogue.keySet()));
    return keys;
  }

  public int renamed(Locale language) {
    return rows(language).size();
  }

  /**
   * Words in the order of their keys.
   *
   * @param after the key to go on after; empty for the first ones
   * @throws DomainException NOT_FOUND for a language that the desk does not speak
   */
  public List<Word> list(Locale language, Wanted wanted, String after, int limit) {
    Catalogue catalogue = catalogue(language);
    List<Word> found = new ArrayList<>();
    for (String key : catalogue.keys().tailSet(after, false)) {
      Word word = catalogue.word(key);
      if (matches(word, wanted)) {
        found.add(word);
        if (found.size() == limit) {
          break;
        }
      }
    }
    return found;
  }

  private static boolean matches(Word word, Wanted wanted) {
    boolean kind =
        switch (wanted.only()) {
          case ALL -> true;
          case CHANGED -> word.renamed().isPresent();
          case MISSING -> word.original().isEmpty() && word.english().isPresent();
        };
    return kind
        && wanted.module().map(word.module()::equals).orElse(true)
        && wanted.q().map(q -> contains(word, q.toLowerCase(Locale.ROOT))).orElse(true);
  }

  private static boolean contains(Word word, String q) {
    return word.key().toLowerCase(Locale.ROOT).contains(q)
        || contains(word.original(), q)
        || contains(word.english(), q)
        || contains(word.renamed().map(Renamed::text), q);
  }

  private static boolean contains(Optional<String> text, String q) {
    return text.map(t -> t.toLowerCase(Locale.ROOT).contains(q)).orElse(false);
  }

  /**
   * @throws DomainException NOT_FOUND for a language or key that nobody has
   */
  public Word word(Locale language, String key) {
    Catalogue catalogue = catalogue(language);
    if (!catalogue.keys().contains(key)) {
      throw DomainException.notFound("error.word.unknown");
    }
    return catalogue.word(key);
  }

  /**
   * Says something else in place of a word; the word itself takes what was said back.
   *
   * @param version the one that the caller saw; 0 for a word that was not renamed
   * @throws DomainException INVALID when it can't take the word's place, CONFLICT while its module
   *     is away, STALE
   */
  public Word rename(Locale language, String key, long version, String given) {
    Word before = word(language, key);
    String original =
        before.pattern().orElseThrow(() -> DomainException.conflict("error.word.away", "key", key));
    String text = given == null ? "" : given.strip();
    check(original, text);
    if (text.equals(before.original().orElse(null))) {
      return before.renamed().isPresent() ? takeBack(language, key, version) : before;
    }
    return transactions.required(
        () -> {
          database.write(
              em -> {
                WordRow row = em.find(WordRow.class, new WordRow.Key(language.getLanguage(), key));
                seen(row, version);
                if (row == null) {
                  room(em.createQuery("select count(w) from WordRow w", Long.class));
                  row = new WordRow(language.getLanguage(), key);
                  row.say(before.module(), text, now(), name());
                  em.persist(row);
                } else {
                  row.say(before.module(), text, now(), name());
                }
                return null;
              });
          audit.record("word.renamed", object(language, key), Map.of("from", original, "to", text));
          transactions.afterCommit(this::tell);
          return word(language, key);
        });
  }

  /**
   * The word says what it came with again.
   *
   * @throws DomainException STALE when it is not as the caller saw it
   */
  public Word takeBack(Locale language, String key, long version) {
    Word before = word(language, key);
    return transactions.required(
        () -> {
          database.write(
              em -> {
                WordRow row = em.find(WordRow.class, new WordRow.Key(language.getLanguage(), key));
                seen(row, version);
                if (row != null) {
                  em.remove(row);
                }
                return null;
              });
          if (before.renamed().isPresent()) {
            audit.record("word.taken-back", object(language, key), Map.of());
          }
          transactions.afterCommit(this::tell);
          return new Word(
              before.language(),
              key,
              before.module(),
              before.original(),
              before.english(),
              Optional.empty());
        });
  }

  private void check(String original, String text) {
    FieldChecks checks = new FieldChecks();
    if (checks.require(!text.isEmpty(), "text", "error.field.missing")
        && checks.require(text.length() <= LONGEST, "text", "error.field.tooLong", "max", LONGEST)
        && checks.require(
            text.lines().allMatch(FieldChecks::printable), "text", "error.field.characters")) {
      words
          .fault(original, text)
          .map(fault -> new FieldError("text", fault))
          .ifPresent(checks::add);
    }
    checks.done();
  }

  private static void room(jakarta.persistence.TypedQuery<Long> count) {
    if (count.getSingleResult() >= MOST) {
      throw DomainException.conflict("error.word.tooMany", "max", MOST);
    }
  }

  private static void seen(WordRow row, long version) {
    if ((row == null ? 0 : row.renamed().version()) != version) {
      throw DomainException.of(ErrorKind.STALE, "error.word.stale");
    }
  }

  private static String object(Locale language, String key) {
    return "word:" + language.getLanguage() + ":" + key;
  }

  private String name() {
    String name = callers.current().username();
    return name.length() > 64 ? name.substring(0, 64) : name;
  }

  private java.time.Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Puts what is stored into effect; one at a time, so that the last one read is the last put. */
  private synchronized void tell() {
    Map<String, Map<String, String>> catalogues = new TreeMap<>();
    database.read(
        em -> {
          em.createQuery("select w from WordRow w", WordRow.class)
              .getResultList()
              .forEach(
                  row ->
                      catalogues
                          .computeIfAbsent(row.language(), any -> new TreeMap<>())
                          .put(row.key(), row.renamed().text()));
          return null;
        });
    words.rename(catalogues);
  }

  private List<WordRow> rows(Locale language) {
    return database.read(
        em ->
            em.createQuery("select w from WordRow w where w.language = :language", WordRow.class)
                .setParameter("language", language.getLanguage())
                .getResultList());
  }

  private Catalogue catalogue(Locale language) {
    if (!words.spoken().contains(Locale.forLanguageTag(language.getLanguage()))) {
      throw DomainException.notFound("error.word.language");
    }
    Map<String, WordRow> renamed = new HashMap<>();
    rows(language).forEach(row -> renamed.put(row.key(), row));
    return Catalogue.of(language, words, renamed);
  }

  /** All words of a language at one moment. */
  private record Catalogue(
      String language,
      TreeSet<String> keys,
      Map<String, String> owners,
      Map<String, String> originals,
      Map<String, String> english,
      Set<String> spoken,
      Map<String, WordRow> renamed) {

    static Catalogue of(Locale language, DeskWords words, Map<String, WordRow> renamed) {
      Map<String, String> owners = new HashMap<>();
      Set<String> spoken = new HashSet<>();
      for (DeskWords.Source source : words.sources()) {
        Glossary.keys(source).forEach(key -> owners.putIfAbsent(key, source.module()));
        spoken.addAll(source.catalogues().getOrDefault(language.getLanguage(), Map.of()).keySet());
      }
      Map<String, String> originals = words.originals(language);
      Map<String, String> english = words.originals(Locale.ENGLISH);
      TreeSet<String> keys = new TreeSet<>(originals.keySet());
      keys.addAll(renamed.keySet());
      return new Catalogue(
          language.getLanguage(), keys, owners, originals, english, spoken, renamed);
    }

    Word word(String key) {
      Optional<WordRow> row = Optional.ofNullable(renamed.get(key));
      String original = originals.get(key);
      // English that stands in is no word of this language
      boolean own =
          original != null && (spoken.contains(key) || !original.equals(english.get(key)));
      String module = owners.getOrDefault(key, row.map(WordRow::module).orElse("core"));
      return new Word(
          language,
          key,
          module,
          own ? Optional.of(original) : Optional.empty(),
          Optional.ofNullable(english.get(key)),
          row.map(WordRow::renamed));
    }
  }
}
