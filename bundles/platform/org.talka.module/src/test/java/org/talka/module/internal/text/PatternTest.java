/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
  private static final Locale LATVIAN = Locale.forLanguageTag("lv");
  private static final String TICKETS =
      "{n, plural, =0 {nav pieteikumu} zero {# pieteikumu} one {# pieteikums} other {# pieteikumi}}";

  @Example
  void putsValuesIntoPlaceHolders() {
    assertEquals(
        "INC-1 isn't yours, Anna",
        Pattern.parse("{key} isn't yours, {name}")
            .format(Map.of("key", "INC-1", "name", "Anna"), Locale.ENGLISH));
  }

  @Example
  void leavesAPlaceHolderWithoutValueVisible() {
    assertEquals("Hello {name}", Pattern.parse("Hello {name}").format(Map.of(), Locale.ENGLISH));
  }

  @Example
  void doesNotInterpretValues() {
    assertEquals(
        "<{n}>", Pattern.parse("<{x}>").format(Map.of("x", "{n}", "n", "1"), Locale.ENGLISH));
  }

  @ParameterizedTest
  @CsvSource({
    "0, nav pieteikumu",
    "1, 1 pieteikums",
    "2, 2 pieteikumi",
    "9, 9 pieteikumi",
    "10, 10 pieteikumu",
    "11, 11 pieteikumu",
    "19, 19 pieteikumu",
    "20, 20 pieteikumu",
    "21, 21 pieteikums",
    "22, 22 pieteikumi",
    "100, 100 pieteikumu",
    "101, 101 pieteikums",
    "111, 111 pieteikumu",
    "121, 121 pieteikums",
    "0.1, 0.1 pieteikums",
    "1.5, 1.5 pieteikumi",
  })
  void choosesTheLatvianForm(String number, String words) {
    assertEquals(words, Pattern.parse(TICKETS).format(Map.of("n", number), LATVIAN));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 days", "1, 1 day", "2, 2 days", "1.0, 1.0 days"})
  void choosesTheEnglishForm(String number, String words) {
    assertEquals(
        words,
        Pattern.parse("{n, plural, one {# day} other {# days}}")
            .format(Map.of("n", number), Locale.ENGLISH));
  }

  @Property
  void whatSpeakersOfLatvianSayOfWholeNumbers(@ForAll @IntRange(max = 100_000) int n) {
    int tens = n % 10;
    int hundreds = n % 100;
    String expected =
        tens == 0 || hundreds >= 11 && hundreds <= 19 ? "zero" : tens == 1 ? "one" : "other";
    assertEquals(
        expected,
        Pattern.parse("{n, plural, zero {zero} one {one} other {other}}")
            .format(Map.of("n", String.valueOf(n)), LATVIAN));
  }

  @Property
  void everyTextIsAPatternOrRefused(@ForAll String text) {
    try {
      Pattern.parse(text).format(Map.of("a", "1"), LATVIAN);
    } catch (IllegalArgumentException refused) {
      assertEquals(true, refused.getMessage().contains(" at "));
    }
  }

  @Example
  void choosesByAWord() {
    Pattern pattern = Pattern.parse("{kind, select, incident {it broke} other {it is wanted}}");
    assertEquals("it broke", pattern.format(Map.of("kind", "incident"), Locale.ENGLISH));
    assertEquals("it is wanted", pattern.format(Map.of("kind", "request"), Locale.ENGLISH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "}", "{}", "{a", "{n, plural}", "{n, plural, one {x}}", "{n, date, x}"})
  void refusesABrokenPattern(String text) {
    assertThrows(IllegalArgumentException.class, () -> Pattern.parse(text));
  }

  @Example
  void refusesEndlessNesting() {
    String deep = "{n, plural, other {".repeat(5_000);
    assertThrows(IllegalArgumentException.class, () -> Pattern.parse(deep));
  }
}
