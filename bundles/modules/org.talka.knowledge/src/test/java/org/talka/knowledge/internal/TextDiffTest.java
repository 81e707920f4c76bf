/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.talka.knowledge.internal.service.TextDiff;
import org.talka.knowledge.internal.service.TextDiff.Kind;
import org.talka.knowledge.internal.service.TextDiff.Line;

class TextDiffTest {
  @Test
  void tellsWhatBecameOfALine() {
    assertEquals(
        List.of(
            new Line(Kind.SAME, "One"),
            new Line(Kind.REMOVED, "Two"),
            new Line(Kind.ADDED, "2"),
            new Line(Kind.SAME, "Three")),
        TextDiff.of("One\nTwo\nThree", "One\n2\nThree"));
    assertEquals(List.of(new Line(Kind.ADDED, "One")), TextDiff.of("", "One"));
    assertEquals(List.of(), TextDiff.of("", ""));
  }

  @Property
  void bothTextsCanBeReadOutOfIt(@ForAll("texts") String before, @ForAll("texts") String after) {
    List<Line> lines = TextDiff.of(before, after);
    assertEquals(before, without(lines, Kind.ADDED));
    assertEquals(after, without(lines, Kind.REMOVED));
  }

  @Property
  void aTextIsTheSameAsItself(@ForAll("texts") String text) {
    assertEquals(
        0, TextDiff.of(text, text).stream().filter(line -> line.kind() != Kind.SAME).count());
  }

  @Test
  void textsThatShareNothingAreReplacedAsAWhole() {
    String before = "a\n".repeat(3_000);
    String after = "b\n".repeat(3_000);
    List<Line> lines = TextDiff.of(before, after);
    assertEquals(before, without(lines, Kind.ADDED));
    assertEquals(after, without(lines, Kind.REMOVED));
  }

  private static String without(List<Line> lines, Kind kind) {
    return lines.stream()
        .filter(line -> line.kind() != kind)
        .map(Line::text)
        .collect(Collectors.joining("\n"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "c", "")
        .list()
        .ofMaxSize(12)
        .map(lines -> String.join("\n", lines));
  }
}
