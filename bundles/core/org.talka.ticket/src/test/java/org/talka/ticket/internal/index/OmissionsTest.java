/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OmissionsTest {
  private final Omissions omissions = new Omissions(3);

  @Test
  void owesWhatWasMadeWhileAContributorWasAway() {
    omissions.here(Set.of("a"));
    omissions.made(1);
    omissions.here(Set.of());
    omissions.made(2);
    omissions.made(3);
    omissions.made(2);
    assertTrue(omissions.here(Set.of("a")));
    assertFalse(omissions.takeAll());
    assertEquals(List.of(3L), omissions.take(1));
    assertEquals(List.of(2L), omissions.take(5));
    assertEquals(List.of(), omissions.take(5));
  }

  @Test
  void owesNothingToOneThatStayed() {
    omissions.here(Set.of("a"));
    omissions.made(1);
    assertFalse(omissions.here(Set.of("a")));
  }

  @Test
  void owesANewcomerWhatWasMadeBefore() {
    omissions.made(1);
    assertTrue(omissions.here(Set.of("new")));
    assertEquals(List.of(1L), omissions.take(5));
  }

  @Test
  void owesEverythingWhenItCannotSayWhich() {
    for (int i = 0; i < 4; i++) {
      omissions.made(i);
    }
    assertTrue(omissions.here(Set.of("new")));
    assertTrue(omissions.takeAll());
    assertEquals(List.of(), omissions.take(5));
    assertFalse(omissions.takeAll());
  }

  @Test
  void owesWhatWasSkippedWhenTheContributorWorksAgain() {
    assertFalse(omissions.worksAgain());
    omissions.skipped(7);
    assertEquals(List.of(), omissions.take(5));
    assertTrue(omissions.worksAgain());
    assertEquals(List.of(7L), omissions.take(5));
    assertFalse(omissions.worksAgain());
  }
}
