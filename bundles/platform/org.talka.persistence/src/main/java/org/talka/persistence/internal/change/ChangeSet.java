/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What runs together and is remembered under one id.
 *
 * @param contract whether it waits until the old version is gone
 * @param digest of what it does, not of how it is written down
 * @param comment empty when there is none
 * @param rollback what takes it back when that does not follow from the changes
 */
public record ChangeSet(
    String id,
    boolean contract,
    String digest,
    String comment,
    List<Change> changes,
    List<SqlRollback> rollback) {
  public ChangeSet {
    changes = List.copyOf(changes);
    rollback = List.copyOf(rollback);
  }

  /** Statements of a {@code rollback} element. */
  public record SqlRollback(SqlChange sql) {}

  public String description() {
    return comment.isEmpty()
        ? changes.stream().map(Change::summary).collect(Collectors.joining("; "))
        : comment;
  }

  public List<String> statements(Dialect dialect) {
    return changes.stream().flatMap(change -> change.statements(dialect).stream()).toList();
  }

  /** The statements that take it back, or nothing when that can't be done. */
  public Optional<List<String>> undo(Dialect dialect) {
    if (!rollback.isEmpty()) {
      return Optional.of(
          rollback.stream().flatMap(r -> r.sql().statements(dialect).stream()).toList());
    }
    List<Change> latestFirst = new ArrayList<>(changes);
    Collections.reverse(latestFirst);
    List<String> statements = new ArrayList<>();
    for (Change change : latestFirst) {
      if (change.statements(dialect).isEmpty()) {
        continue;
      }
      Optional<List<String>> undo = change.undo(dialect);
      if (undo.isEmpty()) {
        return Optional.empty();
      }
      statements.addAll(undo.get());
    }
    return Optional.of(List.copyOf(statements));
  }
}
