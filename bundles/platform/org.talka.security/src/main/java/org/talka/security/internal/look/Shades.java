/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * What one accent colour becomes on light and on dark paper: the nearest shade whose text can be
 * read there (WCAG 2.2 AA, 4.5:1), with the ink that goes on it and a wash of it.
 *
 * @param light on light paper
 * @param dark on dark paper
 */
public record Shades(Shade light, Shade dark) {
  private static final Pattern FORM = Pattern.compile("#[0-9a-f]{6}");

  /** A little more than the rule asks for, because colours are rounded. */
  private static final double TEXT = 4.55;

  private static final int BLACK = 0;
  private static final int WHITE = 0xffffff;
  private static final int STEPS = 100;

  /** The grounds and the weaker ink of the desk's own look (tokens.css). */
  private static final int[] LIGHT_GROUNDS = {0xfbfaf7, 0xffffff, 0xf3f1ec};

  private static final int LIGHT_INK = 0x565c61;
  private static final int[] DARK_GROUNDS = {0x14171a, 0x1a1e22, 0x20252a};
  private static final int DARK_INK = 0xa9aeb2;

  /**
   * @param accent the colour of what can be pressed
   * @param ink what is written on it
   * @param wash the ground of what is chosen
   */
  public record Shade(String accent, String ink, String wash) {}

  /** Whether a text is a colour as it is stored: {@code #} and six small hexadecimal digits. */
  public static boolean colour(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @param colour see {@link #colour}
   */
  public static Shades of(String colour) {
    int chosen = Integer.parseInt(colour.substring(1), 16);
    return new Shades(
        shade(chosen, LIGHT_GROUNDS, LIGHT_INK, BLACK, 0.1),
        shade(chosen, DARK_GROUNDS, DARK_INK, WHITE, 0.14));
  }

  private static Shade shade(int chosen, int[] grounds, int text, int towards, double strength) {
    int accent = mixed(chosen, towards, c -> readable(c, grounds));
    int sheet = grounds[1];
    int shown = accent;
    // as strong as both inks on it allow
    int wash =
        mixed(
            mix(sheet, accent, strength),
            sheet,
            c -> contrast(shown, c) >= TEXT && contrast(text, c) >= TEXT);
    int ink =
        contrast(WHITE, accent) >= TEXT
            ? WHITE
            : mixed(mix(accent, BLACK, 0.8), BLACK, c -> contrast(c, shown) >= TEXT);
    return new Shade(name(accent), name(ink), name(wash));
  }

  /** The colour, or the first on the way to another one that will do. */
  private static int mixed(int from, int to, IntPredicate fits) {
    for (int step = 0; step < STEPS; step++) {
      int colour = mix(from, to, (double) step / STEPS);
      if (fits.test(colour)) {
        return colour;
      }
    }
    return to;
  }

  private static boolean readable(int colour, int[] grounds) {
    for (int ground : grounds) {
      if (contrast(colour, ground) < TEXT) {
        return false;
      }
    }
    return true;
  }

  private static int mix(int from, int to, double part) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel = (from >> shift & 255) * (1 - part) + (to >> shift & 255) * part;
      mixed |= (int) Math.round(channel) << shift;
    }
    return mixed;
  }

  static double contrast(int a, int b) {
    double x = luminance(a);
    double y = luminance(b);
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static String name(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  /** The tokens of the desk's stylesheet, set anew. */
  String css() {
    return ":root {\n"
        + token("accent", light.accent(), dark.accent())
        + token("accent-ink", light.ink(), dark.ink())
        + token("accent-wash", light.wash(), dark.wash())
        + "}\n";
  }

  private static String token(String name, String light, String dark) {
    return "  --" + name + ": light-dark(" + light + ", " + dark + ");\n";
  }
}
