/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Keys of what an administrator makes: given, or made from a name. */
final class Keys {
  static final Pattern FIELD = Pattern.compile("[a-z][a-zA-Z0-9]{0,63}");
  static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{1,31}");
  static final Pattern PART = Pattern.compile("[a-z][a-zA-Z0-9_-]{0,59}");
  static final Pattern PREFIX = Pattern.compile("[A-Z]{2,5}");

  private static final int LONGEST = 28;

  private Keys() {}

  /** In the manner of field keys: {@code assetTag}. */
  static String camel(Map<String, String> names, String otherwise, Predicate<String> taken) {
    StringBuilder key = new StringBuilder();
    for (String word : words(names)) {
      key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return free(key.toString(), otherwise, "", taken);
  }

  /** In the manner of state keys: {@code waiting-for-parts}. */
  static String kebab(Map<String, String> names, String otherwise, Predicate<String> taken) {
    return free(String.join("-", words(names)), otherwise, "-", taken);
  }

  private static String[] words(Map<String, String> names) {
    String name = names.getOrDefault("en", names.values().stream().sorted().findFirst().orElse(""));
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", " ")
            .strip();
    return plain.isEmpty() ? new String[0] : plain.split(" ");
  }

  private static String free(
      String wanted, String otherwise, String separator, Predicate<String> taken) {
    String base = wanted.length() > LONGEST ? wanted.substring(0, LONGEST) : wanted;
    while (base.endsWith("-")) {
      base = base.substring(0, base.length() - 1);
    }
    if (base.isEmpty() || !Character.isLetter(base.charAt(0))) {
      base = otherwise + (base.isEmpty() ? "" : separator + base);
    }
    String key = base;
    for (int n = 2; taken.test(key); n++) {
      key = base + separator + n;
    }
    return key;
  }
}
