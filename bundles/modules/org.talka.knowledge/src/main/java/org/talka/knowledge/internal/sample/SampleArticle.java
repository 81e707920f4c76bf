/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One of the articles of the demonstration: a head of {@code name: value} lines, and its versions,
 * each begun by {@code === days ago; author; reviewer; note}.
 */
record SampleArticle(Map<String, String> head, List<Edition> editions) {
  /**
   * @param age in days
   * @param reviewer empty when nobody has reviewed it
   */
  record Edition(int age, String author, String reviewer, String note, String body) {}

  static List<SampleArticle> all() {
    try (InputStream in =
        Objects.requireNonNull(SampleArticle.class.getResourceAsStream("/sample/articles.md"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^%%%\n"))
          .filter(part -> !part.isBlank())
          .map(SampleArticle::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SampleArticle of(String text) {
    String[] parts = text.split("(?m)^=== ");
    Map<String, String> head = new LinkedHashMap<>();
    parts[0]
        .lines()
        .forEach(
            line -> {
              int sign = line.indexOf(": ");
              head.put(line.substring(0, sign), line.substring(sign + 2).strip());
            });
    List<Edition> editions = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      String[] said = parts[i].substring(0, end).split(";", -1);
      editions.add(
          new Edition(
              Integer.parseInt(said[0].strip()),
              part(said, 1),
              part(said, 2),
              part(said, 3),
              parts[i].substring(end + 1).strip()));
    }
    return new SampleArticle(head, editions);
  }

  private static String part(String[] said, int index) {
    return index < said.length ? said[index].strip() : "";
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(head.get(name));
  }

  String get(String name, String usual) {
    return head.getOrDefault(name, usual);
  }

  /** Several values of a line, parted by commas. */
  List<String> list(String name) {
    return get(name).map(value -> List.of(value.split(", "))).orElse(List.of());
  }

  int number(String name) {
    return Integer.parseInt(get(name, "0"));
  }
}
