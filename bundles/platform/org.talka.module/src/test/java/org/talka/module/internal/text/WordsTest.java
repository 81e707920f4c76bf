/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talka.api.text.Text;

class WordsTest {
  private static final Locale LATVIAN = Locale.forLanguageTag("lv");
  private final Words words = new Words();

  @Test
  void fallsBackToEnglishAndThenToTheKey() {
    words.put(1, "core", Map.of("en", Map.of("a", "A", "b", "B"), "lv", Map.of("a", "Ā")));
    assertEquals("Ā", words.translate(Text.of("a"), LATVIAN));
    assertEquals("B", words.translate(Text.of("b"), LATVIAN));
    assertEquals("c", words.translate(Text.of("c"), LATVIAN));
    assertEquals("A", words.translate(Text.of("a"), Locale.GERMAN));
    assertEquals(Map.of("a", "Ā", "b", "B"), words.all(LATVIAN));
  }

  @Test
  void aModuleCantRenameWhatIsTheDesks() {
    words.put(1, "core", Map.of("en", Map.of("state.new", "New")));
    words.put(2, "guest", Map.of("en", Map.of("state.new", "Hacked", "problem.x", "X")));
    assertEquals("New", words.translate(Text.of("state.new"), Locale.ENGLISH));
    assertEquals("X", words.translate(Text.of("problem.x"), Locale.ENGLISH));
  }

  @Test
  void aBundlesWordsGoWithIt() {
    words.put(2, "guest", Map.of("en", Map.of("x", "X")));
    words.remove(2);
    assertEquals("x", words.translate(Text.of("x"), Locale.ENGLISH));
  }

  @Test
  void speaksTheLanguagesOfTheDeskAndNotThoseOfItsModules() {
    words.put(1, "core", Map.of("lv", Map.of("a", "Ā"), "en", Map.of("a", "A")));
    words.put(2, "guest", Map.of("de", Map.of("b", "B")));
    assertEquals(List.of(Locale.ENGLISH, LATVIAN), words.languages());
  }

  @Test
  void leavesOutAWordThatCantBeUnderstood() {
    words.put(1, "core", Map.of("en", Map.of("a", "A"), "lv", Map.of("a", "{broken")));
    assertEquals("A", words.translate(Text.of("a"), LATVIAN));
  }

  @Test
  void whatIsLaidOverWinsAndCanBeTakenAwayAgain() {
    words.put(1, "core", Map.of("en", Map.of("a", "A", "b", "B"), "lv", Map.of("a", "Ā")));
    words.layOver(Map.of("en", Map.of("a", "Mine", "c", "New"), "lv", Map.of("b", "Mans")));
    assertEquals("Mine", words.translate(Text.of("a"), Locale.ENGLISH));
    assertEquals("Ā", words.translate(Text.of("a"), LATVIAN));
    assertEquals(Map.of("a", "Ā", "b", "Mans", "c", "New"), words.all(LATVIAN));
    assertEquals(Map.of("a", "Ā", "b", "B"), words.ofBundles(LATVIAN));
    words.put(2, "guest", Map.of("en", Map.of("a", "A module's")));
    assertEquals("Mine", words.translate(Text.of("a"), Locale.ENGLISH));
    words.layOver(Map.of());
    assertEquals("A", words.translate(Text.of("a"), Locale.ENGLISH));
    assertEquals(words.ofBundles(LATVIAN), words.all(LATVIAN));
  }

  @Test
  void whatWasRenamedWinsAlsoOverWhatIsLaidOverAndComesBackWithItsModule() {
    words.put(1, "core", Map.of("en", Map.of("a", "A"), "lv", Map.of("a", "Ā")));
    words.put(2, "guest", Map.of("en", Map.of("g", "G")));
    words.layOver(Map.of("en", Map.of("a", "Laid")));
    words.rename(Map.of("en", Map.of("a", "Mine", "g", "Ours")));
    assertEquals("Mine", words.translate(Text.of("a"), Locale.ENGLISH));
    assertEquals("Laid", words.originals(Locale.ENGLISH).get("a"));
    assertEquals("Ours", words.all(LATVIAN).get("g"));
    words.remove(2);
    words.put(3, "guest", Map.of("en", Map.of("g", "G2")));
    assertEquals("Ours", words.translate(Text.of("g"), Locale.ENGLISH));
    assertEquals("G2", words.originals(LATVIAN).get("g"));
    words.rename(Map.of());
    assertEquals("Laid", words.translate(Text.of("a"), Locale.ENGLISH));
  }

  @Test
  void speaksTheFirstOfferedLanguageToWhomTheirsIsNotOffered() {
    words.put(1, "core", Map.of("en", Map.of("a", "A"), "lv", Map.of("a", "Ā")));
    words.offer(Locale.ENGLISH, List.of(LATVIAN));
    assertEquals(List.of(LATVIAN), words.offered());
    assertEquals("Ā", words.translate(Text.of("a"), Locale.ENGLISH));
    assertEquals("Ā", words.all(Locale.GERMAN).get("a"));
    words.offer(LATVIAN, List.of(Locale.GERMAN));
    assertEquals(List.of(LATVIAN, Locale.ENGLISH), words.offered());
    words.offer(LATVIAN, List.of());
    assertEquals("A", words.translate(Text.of("a"), Locale.ENGLISH));
    assertEquals(List.of(LATVIAN, Locale.ENGLISH), words.offered());
  }

  @Test
  void saysWhereWordsComeFrom() {
    words.put(1, "core", Map.of("en", Map.of("a", "A")));
    words.put(2, "core", Map.of("en", Map.of("b", "B"), "lv", Map.of("b", "Bē")));
    words.put(3, "guest", Map.of("en", Map.of("g", "G")));
    assertEquals(
        List.of("core", "guest"),
        words.sources().stream().map(org.talka.module.DeskWords.Source::module).toList());
    assertEquals(Map.of("a", "A", "b", "B"), words.sources().get(0).catalogues().get("en"));
  }
}
