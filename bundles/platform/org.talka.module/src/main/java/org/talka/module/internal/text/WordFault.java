/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.talka.api.text.Text;
import org.talka.module.internal.text.Pattern.Kind;

/** Finds out whether a pattern can stand in place of another. */
public final class WordFault {
  private WordFault() {}

  /** What is wrong with it, for the administrator who wrote it; absent when nothing is. */
  public static Optional<Text> of(String original, String pattern) {
    Map<String, Kind> given;
    try {
      given = Pattern.parse(pattern).places();
    } catch (IllegalArgumentException unreadable) {
      return Optional.of(Text.of("error.module.word.pattern"));
    }
    Map<String, Kind> wanted = places(original);
    if (!given.keySet().equals(wanted.keySet())) {
      String names =
          wanted.keySet().stream().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
      return Optional.of(
          names.isEmpty()
              ? Text.of("error.module.word.none")
              : Text.of("error.module.word.places", "places", names));
    }
    return given.entrySet().stream()
        .filter(place -> place.getValue() != Kind.VALUE)
        .filter(place -> place.getValue() != wanted.get(place.getKey()))
        .findFirst()
        .map(place -> Text.of("error.module.word.choice", "place", "{" + place.getKey() + "}"));
  }

  /** An original that can't be read is shown as it is, without places. */
  private static Map<String, Kind> places(String original) {
    try {
      return Pattern.parse(original).places();
    } catch (IllegalArgumentException unreadable) {
      return Map.of();
    }
  }
}
