/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A change whose statements follow from the element's attributes. */
record SchemaChange(
    String summary,
    boolean takesAway,
    Function<Dialect, List<String>> forward,
    Optional<Function<Dialect, List<String>>> back)
    implements Change {

  /** Adds something, which can be taken away again. */
  static SchemaChange adds(
      String summary,
      Function<Dialect, List<String>> forward,
      Function<Dialect, List<String>> back) {
    return new SchemaChange(summary, false, forward, Optional.of(back));
  }

  /** Loosens a rule: the version before lives with it, but it can't be taken back for sure. */
  static SchemaChange loosens(String summary, Function<Dialect, List<String>> forward) {
    return new SchemaChange(summary, false, forward, Optional.empty());
  }

  /** Drops, renames or tightens. */
  static SchemaChange takes(String summary, Function<Dialect, List<String>> forward) {
    return new SchemaChange(summary, true, forward, Optional.empty());
  }

  @Override
  public List<String> statements(Dialect dialect) {
    return forward.apply(dialect);
  }

  @Override
  public Optional<List<String>> undo(Dialect dialect) {
    return back.map(statements -> statements.apply(dialect));
  }
}
