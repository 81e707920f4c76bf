/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.util.List;
import java.util.Random;

/** What tickets of the benchmark say, in both languages of the desk. */
final class Words {
  private static final List<String> THINGS =
      List.of(
          "printer",
          "monitor",
          "keyboard",
          "laptop",
          "mailbox",
          "network",
          "password",
          "scanner",
          "projector",
          "server",
          "klaviatūra",
          "printeris",
          "monitors",
          "parole",
          "tīkls",
          "pastkaste",
          "dators",
          "serveris",
          "telefons",
          "licence");
  private static final List<String> TROUBLES =
      List.of(
          "does not start",
          "is slow since the update",
          "shows an error",
          "must be replaced",
          "has been lost",
          "is locked",
          "nestrādā",
          "ir lēns kopš atjauninājuma",
          "rāda kļūdu",
          "jānomaina",
          "ir bloķēts",
          "nav atrodams");
  private static final List<String> PLACES =
      List.of(
          "on the third floor",
          "in the meeting room",
          "at the reception",
          "in the warehouse",
          "pirmajā stāvā",
          "sapulču telpā",
          "reģistratūrā",
          "noliktavā");
  private static final List<String> TAGS =
      List.of("vip", "onsite", "remote", "hardware", "software", "urgent-callback");

  private Words() {}

  static String subject(Random random, long number) {
    return one(THINGS, random)
        + " "
        + one(TROUBLES, random)
        + " "
        + one(PLACES, random)
        + " ("
        + number
        + ")";
  }

  static String description(Random random) {
    StringBuilder text = new StringBuilder();
    for (int sentence = 0; sentence < 4; sentence++) {
      text.append("The ").append(one(THINGS, random)).append(' ').append(one(TROUBLES, random));
      text.append(' ').append(one(PLACES, random)).append(". ");
    }
    return text.append("Room ").append(random.nextInt(2_000)).append('.').toString();
  }

  static String tag(Random random) {
    return one(TAGS, random);
  }

  /** Two words that many tickets have. */
  static String question(Random random) {
    return one(THINGS, random) + " " + one(PLACES, random).split(" ")[0];
  }

  private static String one(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
