/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {
  @ParameterizedTest
  @CsvSource({
    "HIGH,HIGH,CRITICAL",
    "HIGH,MEDIUM,HIGH",
    "HIGH,LOW,MEDIUM",
    "MEDIUM,HIGH,HIGH",
    "MEDIUM,MEDIUM,MEDIUM",
    "MEDIUM,LOW,LOW",
    "LOW,HIGH,MEDIUM",
    "LOW,MEDIUM,LOW",
    "LOW,LOW,PLANNING"
  })
  void followsTheMatrix(Priority.Level impact, Priority.Level urgency, Priority priority) {
    assertEquals(priority, Priority.of(impact, urgency));
  }

  @Test
  void onlyResolvedAndClosedTicketsAreNotOpen() {
    assertTrue(StateCategory.NEW.open());
    assertTrue(StateCategory.ACTIVE.open());
    assertTrue(StateCategory.PENDING.open());
    assertFalse(StateCategory.RESOLVED.open());
    assertFalse(StateCategory.CLOSED.open());
  }
}
