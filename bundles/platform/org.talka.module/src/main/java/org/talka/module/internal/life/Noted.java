/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.internal.store.OperationRecord;

/**
 * Ids of database changes in the note of a step: as JSON, since an id may hold any character. Notes
 * of earlier versions, which joined them with commas, are read as well.
 */
final class Noted {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANGES = "changes";

  private Noted() {}

  static Optional<Text> note(List<String> changes) {
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Text.of("module.note.migrated", CHANGES, JSON.writeValueAsString(changes)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a step's note names; nothing when it has none or says something else. */
  static List<String> changes(OperationRecord operation, Steps step) {
    return operation.steps().stream()
        .filter(taken -> taken.step().equals(step.key()))
        .findFirst()
        .flatMap(OperationRecord.Step::note)
        .map(note -> read(note.args().getOrDefault(CHANGES, "")))
        .orElse(List.of());
  }

  private static List<String> read(String noted) {
    if (noted.isEmpty()) {
      return List.of();
    }
    if (!noted.startsWith("[")) {
      return List.of(noted.split(","));
    }
    try {
      return JSON.readValue(noted, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException foreign) {
      throw new IllegalStateException("Not written by this class: " + noted, foreign);
    }
  }
}
