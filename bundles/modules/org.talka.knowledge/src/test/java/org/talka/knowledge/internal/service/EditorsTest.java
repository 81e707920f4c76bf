/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EditorsTest {
  private final AtomicLong now = new AtomicLong();
  private final Editors editors = new Editors(now::get);

  @Test
  void whoWritesHearsOfTheOthersUntilTheyAreQuiet() {
    assertEquals(List.of(), editors.writes(1, "anna", "Anna"));
    assertEquals(List.of(), editors.writes(2, "bruno", "Bruno"));
    assertEquals(List.of("Anna"), editors.writes(1, "bruno", "Bruno"));
    assertEquals(List.of("Bruno"), editors.writes(1, "anna", "Anna"));
    editors.leaves(1, "bruno");
    assertEquals(List.of(), editors.writes(1, "anna", "Anna"));
    editors.writes(1, "bruno", "Bruno");
    now.addAndGet(Duration.ofSeconds(26).toNanos());
    assertEquals(List.of(), editors.writes(1, "anna", "Anna"));
  }
}
