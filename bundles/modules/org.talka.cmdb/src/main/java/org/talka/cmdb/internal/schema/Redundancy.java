/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;

/**
 * How many of its suppliers of one relation type an item needs to go on working.
 *
 * @param amount how many, or how many of a hundred, by weight; 0 where the policy says it all
 */
public record Redundancy(Policy policy, int amount) {
  /** Without any redundancy. */
  public static final Redundancy ALL = new Redundancy(Policy.ALL, 0);

  /** What is needed. */
  public enum Policy {
    ALL("all"),
    ANY("any"),
    COUNT("count"),
    PERCENT("percent");

    private final String word;

    Policy(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * How many of {@code suppliers} must work; never more than there are, at least one of them.
   *
   * @param suppliers as {@link #units} counts them
   */
  public int needed(int suppliers) {
    int needed =
        switch (policy) {
          case ALL -> suppliers;
          case ANY -> 1;
          case COUNT -> amount;
          case PERCENT -> (int) Math.ceil(suppliers * (double) amount / 100);
        };
    return Math.max(Math.min(needed, suppliers), Math.min(1, suppliers));
  }

  /**
   * As how many suppliers one of that weight counts. Where all or one are needed each is one; where
   * a number or a share is, it is its weight.
   */
  public int units(int weight) {
    return counted(policy) ? weight : 1;
  }

  private static boolean counted(Policy policy) {
    return policy == Policy.COUNT || policy == Policy.PERCENT;
  }

  /** Reads a rule; what is wrong is added to {@code errors}. */
  public static Redundancy of(String policy, Integer amount, List<FieldError> errors) {
    for (Policy known : Policy.values()) {
      if (known.word.equals(policy)) {
        boolean counted = counted(known);
        int number = counted && amount != null ? amount : 0;
        int most = known == Policy.PERCENT ? 100 : 1_000;
        if (counted && (number < 1 || number > most)) {
          errors.add(new FieldError("amount", Text.of("error.cmdb.range", "min", 1, "max", most)));
        }
        return new Redundancy(known, number);
      }
    }
    errors.add(
        new FieldError("policy", Text.of("error.cmdb.choice", "value", String.valueOf(policy))));
    return ALL;
  }
}
