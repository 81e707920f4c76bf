/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.query.Filter;
import org.talka.api.search.Document;
import org.talka.api.search.DocumentQuery;

/**
 * How long a suggestion takes while somebody types, among as many documents as {@code
 * -Dtalka.documents} says: each keystroke of a question, with a condition on who asks, and with a
 * letter wrong here and there.
 */
@EnabledIfSystemProperty(named = "talka.documents", matches = "[0-9]+")
class ModuleIndexSpeedTest {
  private static final int QUESTIONS = 300;
  private static final double BUDGET_MILLIS = 50;

  @TempDir Path folder;
  private final Random random = new Random(11);
  private final List<String> words = new ArrayList<>();

  @Test
  void aSuggestionIsThereBeforeTheNextKeystroke() {
    int documents = Integer.getInteger("talka.documents");
    for (int i = 0; i < 20_000; i++) {
      words.add(word());
    }
    ModuleIndexes indexes = new ModuleIndexes(folder);
    ModuleIndex index = new ModuleIndex("shelf", indexes);
    long began = System.nanoTime();
    for (int from = 0; from < documents; from += 500) {
      List<Document> batch = new ArrayList<>();
      for (int i = from; i < Math.min(documents, from + 500); i++) {
        batch.add(document(i));
      }
      index.put(batch);
    }
    index.filled();
    System.out.printf(
        "%d documents in %d ms%n", documents, (System.nanoTime() - began) / 1_000_000);
    Filter mine =
        new Filter.AnyOf(
            List.of(new Filter.Is("audience", "people"), new Filter.Is("audience", "public")));
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      String question = text(3 + random.nextInt(8));
      for (int typed = 3; typed <= question.length(); typed += 1 + random.nextInt(4)) {
        String text = question.substring(0, typed);
        long start = System.nanoTime();
        index.search(
            new DocumentQuery(
                text,
                Map.of("title", 4f, "keywords", 3f, "summary", 2f, "body", 1f),
                mine,
                false,
                15,
                Optional.empty()));
        if (i > 50) {
          millis.add((System.nanoTime() - start) / 1e6);
        }
      }
    }
    index.close();
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double p95 = sorted[(int) (sorted.length * 0.95)];
    System.out.printf(
        "%d suggestions: median %.2f ms, p95 %.2f ms, p99 %.2f ms, longest %.2f ms%n",
        sorted.length,
        sorted[sorted.length / 2],
        p95,
        sorted[(int) (sorted.length * 0.99)],
        Arrays.stream(sorted).max().orElseThrow());
    assertTrue(p95 <= BUDGET_MILLIS, "p95 " + p95);
  }

  private Document document(int id) {
    return new Document(
        Integer.toString(id),
        Map.of(
            "title", text(6),
            "summary", text(14),
            "keywords", text(4),
            "body", text(200 + random.nextInt(200))),
        Map.of("audience", Set.of(id % 3 == 0 ? "agents" : id % 3 == 1 ? "people" : "public")),
        Map.of("validUntil", 99_999_999L),
        random.nextInt(4));
  }

  private String word() {
    String[] parts = {"pri", "ta", "ser", "lo", "ka", "net", "ma", "dro", "vi", "lē", "šu", "gi"};
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 2 + random.nextInt(3); i++) {
      word.append(parts[random.nextInt(parts.length)]);
    }
    return word + (random.nextBoolean() ? "" : "s");
  }

  /** Few words are in most texts, most words in few. */
  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int rank = (int) (words.size() * Math.pow(random.nextDouble(), 3));
      String word = words.get(rank);
      boolean wrong = random.nextInt(25) == 0 && word.length() > 5;
      text.append(wrong ? word.substring(0, 3) + 'x' + word.substring(4) : word).append(' ');
    }
    return text.toString().strip();
  }
}
