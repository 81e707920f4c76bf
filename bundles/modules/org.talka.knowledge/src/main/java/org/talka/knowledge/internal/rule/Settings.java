/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import java.time.Duration;
import java.util.Map;

/**
 * How the desk keeps its knowledge.
 *
 * @param separateReview whether nobody may approve a text that they wrote or changed
 * @param hideOverdue whether readers no longer see what had to be reviewed and was not; otherwise
 *     it is only marked
 * @param reviewMonths after how many months a published article is due for review, 0 for never
 * @param deflectionMinutes how long somebody who opened a suggested article must have asked nothing
 *     for it to count as an answer
 */
public record Settings(
    boolean separateReview, boolean hideOverdue, int reviewMonths, int deflectionMinutes) {
  public static final Settings DELIVERED = new Settings(true, false, 12, 60);

  public static Settings of(Map<String, String> chosen) {
    return new Settings(
        flag(chosen, "separateReview", DELIVERED.separateReview),
        flag(chosen, "hideOverdue", DELIVERED.hideOverdue),
        number(chosen, "reviewMonths", DELIVERED.reviewMonths),
        number(chosen, "deflectionMinutes", DELIVERED.deflectionMinutes));
  }

  public Duration deflection() {
    return Duration.ofMinutes(deflectionMinutes);
  }

  private static boolean flag(Map<String, String> chosen, String name, boolean delivered) {
    return chosen.containsKey(name) ? Boolean.parseBoolean(chosen.get(name)) : delivered;
  }

  private static int number(Map<String, String> chosen, String name, int delivered) {
    return chosen.containsKey(name) ? Integer.parseInt(chosen.get(name)) : delivered;
  }
}
