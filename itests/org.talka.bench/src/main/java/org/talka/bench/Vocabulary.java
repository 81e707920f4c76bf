/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up words as a language has them: a few are in most texts, most of them in few. */
final class Vocabulary {
  private static final int WORDS = 20_000;
  private static final List<String> SYLLABLES =
      List.of("pri", "ta", "ser", "lo", "ka", "net", "ma", "dro", "vi", "lē", "šu", "gi");

  private final List<String> words = new ArrayList<>();

  /** The same for everybody. */
  Vocabulary() {
    Random random = new Random(11);
    for (int i = 0; i < WORDS; i++) {
      words.add(word(random));
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 2 + random.nextInt(3); i++) {
      word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
    }
    return word + (random.nextBoolean() ? "" : "s");
  }

  String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : " ").append(one(random));
    }
    return text.toString();
  }

  /** The same with a letter wrong here and there, as people type. */
  String typed(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      String word = one(random);
      boolean wrong = random.nextInt(25) == 0 && word.length() > 5;
      text.append(i == 0 ? "" : " ");
      text.append(wrong ? word.substring(0, 3) + 'x' + word.substring(4) : word);
    }
    return text.toString();
  }

  private String one(Random random) {
    return words.get((int) (words.size() * Math.pow(random.nextDouble(), 3)));
  }
}
