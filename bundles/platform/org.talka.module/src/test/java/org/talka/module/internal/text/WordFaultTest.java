/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.talka.api.text.Text;

/** What administrators may write in place of a word. */
class WordFaultTest {
  private static final String COUNT = "{n, plural, one {# task} other {# tasks}} of {name}";

  private static Optional<String> fault(String original, String pattern) {
    return WordFault.of(original, pattern).map(Text::key);
  }

  @Test
  void takesTheSamePlacesInAnyOrder() {
    assertEquals(Optional.empty(), fault("Help desk", "Service desk, it’s us"));
    assertEquals(
        Optional.empty(),
        fault(COUNT, "{name}: {n, plural, zero {# uzdevumu} one {# uzdevums} other {# uzdevumi}}"));
    assertEquals(Optional.empty(), fault(COUNT, "{name} has {n}"));
  }

  @Test
  void refusesWhatCantBeReadOrFilledIn() {
    assertEquals(Optional.of("error.module.word.pattern"), fault(COUNT, "{name} {n"));
    assertEquals(
        Optional.of("error.module.word.pattern"), fault(COUNT, "{name} {n, plural, one {x}}"));
    assertEquals(Optional.of("error.module.word.places"), fault(COUNT, "{n} tasks"));
    assertEquals(Optional.of("error.module.word.places"), fault("By {who}", "By {whom}"));
    assertEquals(Optional.of("error.module.word.none"), fault("Help", "Help {me}"));
  }

  @Test
  void refusesAChoiceWhereNoneIsMade() {
    assertEquals(
        Optional.of("error.module.word.choice"),
        fault("By {who}", "By {who, select, a {A} other {B}}"));
    assertEquals(
        Optional.of("error.module.word.choice"),
        fault(COUNT, "{name} {n, select, a {A} other {B}}"));
  }
}
