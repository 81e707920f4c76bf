/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

/** A body of markdown that stands by itself, such as a comment. */
public final class MarkdownBody {
  private MarkdownBody() {}

  /** The text, or an empty one when it was refused. */
  public static String check(String text, long max, String field, Refusals refusals) {
    try {
      return PlainText.block(text, max);
    } catch (RefusedValue e) {
      refusals.add(field, e.reason());
      return "";
    }
  }
}
