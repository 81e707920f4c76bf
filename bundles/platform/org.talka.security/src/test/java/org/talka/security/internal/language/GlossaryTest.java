/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.security.internal.FakeDeskWords.LATVIAN;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.module.DeskWords.Source;
import org.talka.security.internal.Desk;
import org.talka.security.internal.FakeDeskWords;
import org.talka.security.internal.language.Glossary.Only;
import org.talka.security.internal.language.Glossary.Wanted;
import org.talka.security.internal.setup.Settings;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** Words that administrators renamed, and languages that they offer. */
@PersistenceTest(units = "security")
class GlossaryTest {
  private static final Wanted EVERYTHING = new Wanted(Optional.empty(), Optional.empty(), Only.ALL);
  private static final Source CORE =
      new Source(
          "core",
          Map.of(
              "en", Map.of("desk", "Service desk", "hello", "Hello {name}", "new", "New"),
              "lv", Map.of("desk", "Palīdzības dienests", "hello", "Sveiki, {name}")));
  private static final Source GUEST =
      new Source("guest", Map.of("en", Map.of("guest.x", "Guest word")));

  private final FakeDeskWords words = new FakeDeskWords();
  private Desk desk;
  private Glossary glossary;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
    words.sources.add(CORE);
    words.sources.add(GUEST);
    glossary = glossary();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Glossary glossary() {
    return new Glossary(desk.database, desk.transactions, words, desk.audit, desk.callers);
  }

  private Word rename(Locale language, String key, long version, String text) {
    return desk.asSystem(() -> glossary.rename(language, key, version, text));
  }

  private List<String> keys(Locale language, Wanted wanted) {
    return glossary.list(language, wanted, "", 100).stream().map(Word::key).toList();
  }

  @Test
  void aRenamedWordCountsAtOnceAndAfterARestartUntilItIsTakenBack() {
    Word renamed = rename(LATVIAN, "desk", 0, " Strops ");
    assertEquals("Strops", renamed.renamed().orElseThrow().text());
    assertEquals(Optional.of("Palīdzības dienests"), renamed.original());
    assertEquals(Map.of("lv", Map.of("desk", "Strops")), words.renamed);
    words.renamed = Map.of();
    glossary();
    assertEquals(Map.of("lv", Map.of("desk", "Strops")), words.renamed);
    desk.asSystem(() -> glossary.takeBack(LATVIAN, "desk", renamed.version()));
    assertEquals(Map.of(), words.renamed);
    assertEquals(
        List.of("word.taken-back", "word.renamed"),
        desk
            .auditReader
            .before(
                Long.MAX_VALUE,
                new org.talka.security.internal.audit.AuditReader.Wanted(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("word:lv:desk"),
                    Optional.empty(),
                    Optional.empty()),
                10)
            .stream()
            .map(entry -> entry.action())
            .toList());
  }

  @Test
  void sayingTheOriginalTakesItBackAndKeepsNothing() {
    Word renamed = rename(LATVIAN, "desk", 0, "Strops");
    rename(LATVIAN, "desk", renamed.version(), "Palīdzības dienests");
    assertEquals(
        List.of(), keys(LATVIAN, new Wanted(Optional.empty(), Optional.empty(), Only.CHANGED)));
  }

  @Test
  void whoSawAnotherVersionIsRefused() {
    Word first = rename(LATVIAN, "desk", 0, "Strops");
    Word second = rename(LATVIAN, "desk", first.version(), "Strops 2");
    assertTrue(second.version() > first.version());
    for (long stale : new long[] {0, first.version(), 99}) {
      assertEquals(
          ErrorKind.STALE,
          assertThrows(DomainException.class, () -> rename(LATVIAN, "desk", stale, "x")).kind());
    }
  }

  @Test
  void refusesWhatCantStandInItsPlace() {
    for (String wrong : new String[] {" ", "a\u0000b", "x".repeat(2_001), "wrong *"}) {
      DomainException refused =
          assertThrows(DomainException.class, () -> rename(LATVIAN, "desk", 0, wrong));
      assertEquals(ErrorKind.INVALID, refused.kind());
      assertEquals("text", refused.fieldErrors().get(0).field());
    }
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> rename(LATVIAN, "no.such", 0, "x")).kind());
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> rename(Locale.GERMAN, "desk", 0, "x")).kind());
  }

  @Test
  void findsWordsByWhatTheyAreAndWhatWasDoneToThem() {
    rename(LATVIAN, "guest.x", 0, "Viesis");
    assertEquals(List.of("desk", "guest.x", "hello", "new"), keys(LATVIAN, EVERYTHING));
    assertEquals(
        List.of("guest.x", "new"),
        keys(LATVIAN, new Wanted(Optional.empty(), Optional.empty(), Only.MISSING)));
    assertEquals(
        List.of("guest.x"),
        keys(LATVIAN, new Wanted(Optional.of("viesis"), Optional.empty(), Only.CHANGED)));
    assertEquals(
        List.of("guest.x"),
        keys(LATVIAN, new Wanted(Optional.empty(), Optional.of("guest"), Only.ALL)));
    assertEquals(
        List.of("hello"),
        keys(LATVIAN, new Wanted(Optional.of("SVEIKI"), Optional.empty(), Only.ALL)));
    assertEquals(
        List.of("hello", "new"),
        glossary.list(LATVIAN, EVERYTHING, "guest.x", 5).stream().map(Word::key).toList());
  }

  @Test
  void keepsTheWordsOfAModuleThatIsGone() {
    Word renamed = rename(LATVIAN, "guest.x", 0, "Viesis");
    words.sources.remove(GUEST);
    Word kept = glossary.word(LATVIAN, "guest.x");
    assertEquals("guest", kept.module());
    assertEquals("Viesis", kept.renamed().orElseThrow().text());
    assertEquals(Optional.empty(), kept.english());
    assertEquals(
        ErrorKind.CONFLICT,
        assertThrows(
                DomainException.class, () -> rename(LATVIAN, "guest.x", renamed.version(), "y"))
            .kind());
    desk.asSystem(() -> glossary.takeBack(LATVIAN, "guest.x", renamed.version()));
    assertEquals(Map.of(), words.renamed);
  }

  @Test
  void saysHowCompleteALanguageIs() {
    assertEquals(
        List.of(new Glossary.Completeness("core", 3, 2), new Glossary.Completeness("guest", 1, 0)),
        glossary.completeness(LATVIAN));
  }

  @Test
  void languagesAreOfferedAsTheSettingsSay() {
    Languages languages = new Languages(desk.settings, words);
    assertEquals(List.of(), words.offered);
    assertEquals(List.of(Locale.ENGLISH, LATVIAN), languages.offered());
    desk.settings.put(Settings.LANGUAGES, Languages.written(List.of("lv")));
    assertEquals(List.of(LATVIAN), words.offered);
    desk.settings.put(Settings.LOCALE, "lv-LV");
    assertEquals(LATVIAN, words.own);
  }
}
