/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.knowledge.internal.model.Moments;

class MomentsTest {
  @Test
  void whatEveryDatabaseHoldsIsAMoment() {
    for (String text : new String[] {"1970-01-01T00:00:00Z", "9998-12-31T23:59:59.999999Z"}) {
      assertEquals(Instant.parse(text), Moments.parse(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59Z",
        "9999-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z",
        "-1000000000-01-01T00:00:00Z",
        "yesterday"
      })
  void whatIsBeyondIsNone(String text) {
    assertThrows(DateTimeException.class, () -> Moments.parse(text));
  }
}
