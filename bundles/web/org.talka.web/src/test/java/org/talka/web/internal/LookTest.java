/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookTest {
  private static final Path STATIC = Packaged.RESOURCES.resolve("static");
  private static final double TEXT = 4.5;

  @ParameterizedTest
  @CsvSource({
    "ink,paper",
    "ink,sheet",
    "ink,shade",
    "ink,press",
    "ink,note",
    "ink,accent-wash",
    "ink,warn-wash",
    "ink-2,paper",
    "ink-2,sheet",
    "ink-2,shade",
    "ink-2,press",
    "ink-2,note",
    "ink-2,accent-wash",
    "ink-3,paper",
    "ink-3,sheet",
    "ink-3,shade",
    "accent,paper",
    "accent,sheet",
    "accent,accent-wash",
    "accent-ink,accent",
    "danger,sheet",
    "danger,danger-wash",
    "warn,sheet",
    "warn,warn-wash",
    "info,info-wash"
  })
  void textIsReadableInBothSchemes(String text, String ground) throws IOException {
    for (int scheme = 0; scheme < 2; scheme++) {
      double contrast = contrast(color(text, scheme), color(ground, scheme));
      assertTrue(contrast >= TEXT, text + " on " + ground + ", scheme " + scheme + ": " + contrast);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "inter-latin.woff2,3100e775e8616cd2611beecfa23a4263d7037586789b43f035236a2e6fbd4c62",
    "inter-latin-ext.woff2,34b9c504cab7a73e37b746343a449132e56cf7b5481af2cb81dc74dcff25c956",
    "LICENSE.txt,3b0a5fca3d17942cde889069889dedbbbd075e9b599968c82a95f4d944e9b345"
  })
  void theVendoredFontIsWhatWasTaken(String file, String sha256) throws IOException {
    byte[] bytes = Files.readAllBytes(STATIC.resolve("font").resolve(file));
    assertEquals(sha256, Asset.digest(bytes));
  }

  @Test
  void stylesLoadNothingFromElsewhere() throws IOException {
    for (String file : new String[] {"tokens.css", "kit.css", "shell.css"}) {
      String css = Files.readString(STATIC.resolve("css").resolve(file));
      assertTrue(
          !css.contains("http:") && !css.contains("https:") && !css.contains("@import"), file);
    }
  }

  private static int color(String token, int scheme) throws IOException {
    Map<String, int[]> colors = new HashMap<>();
    Matcher match =
        Pattern.compile("--([a-z0-9-]+):\\s*light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)")
            .matcher(Files.readString(STATIC.resolve("css/tokens.css")));
    while (match.find()) {
      colors.put(
          match.group(1),
          new int[] {Integer.parseInt(match.group(2), 16), Integer.parseInt(match.group(3), 16)});
    }
    return colors.get(token)[scheme];
  }

  /** WCAG 2.2, contrast ratio. */
  private static double contrast(int a, int b) {
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
}
