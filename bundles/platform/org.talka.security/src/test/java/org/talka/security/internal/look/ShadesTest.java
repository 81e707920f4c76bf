/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever colour is chosen, text stays readable. */
class ShadesTest {
  private static final double TEXT = 4.5;

  @Property
  void everyColourCanBeReadOnLightAndOnDark(@ForAll @IntRange(max = 0xffffff) int colour) {
    Shades shades = Shades.of(String.format(Locale.ROOT, "#%06x", colour));
    readable(shades.light(), List.of("#fbfaf7", "#ffffff", "#f3f1ec"), "#565c61");
    readable(shades.dark(), List.of("#14171a", "#1a1e22", "#20252a"), "#a9aeb2");
  }

  @Test
  void aColourThatCanBeReadIsLeftAsItIs() {
    assertEquals("#0b6b5b", Shades.of("#0b6b5b").light().accent());
    assertEquals("#4cc2ab", Shades.of("#4cc2ab").dark().accent());
    assertFalse(Shades.of("#ffee00").light().accent().equals("#ffee00"));
    assertFalse(Shades.of("#000033").dark().accent().equals("#000033"));
  }

  @Test
  void nothingButAColourIsOne() {
    assertTrue(Shades.colour("#12abef"));
    for (String text : List.of("", "#12abe", "12abef", "#12ABEF", "red", "#12abef;}", "#12abeg")) {
      assertFalse(Shades.colour(text), text);
    }
  }

  private static void readable(Shades.Shade shade, List<String> grounds, String ink) {
    for (String ground : grounds) {
      assertTrue(contrast(shade.accent(), ground) >= TEXT, shade + " on " + ground);
    }
    assertTrue(contrast(shade.accent(), shade.wash()) >= TEXT, shade + " on its wash");
    assertTrue(contrast(shade.ink(), shade.accent()) >= TEXT, shade + " under its ink");
    assertTrue(contrast(ink, shade.wash()) >= TEXT, shade + " under " + ink);
  }

  private static double contrast(String a, String b) {
    return Shades.contrast(
        Integer.parseInt(a.substring(1), 16), Integer.parseInt(b.substring(1), 16));
  }
}
