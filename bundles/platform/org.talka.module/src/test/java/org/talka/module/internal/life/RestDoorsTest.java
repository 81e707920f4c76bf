/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RestDoorsTest {
  private final RestDoors doors = new RestDoors();

  @Test
  void pathsOfNobodyHaveNoDoor() {
    assertNull(doors.door("tickets"));
    assertTrue(doors.close("tickets", Duration.ZERO));
    assertNull(doors.door("tickets"));
  }

  @Test
  void letsNobodyInBeforeItIsOpenedAndAfterItIsClosed() {
    doors.expect("problem");
    assertFalse(doors.door("problem").enter());
    doors.open("problem");
    assertTrue(doors.door("problem").enter());
    doors.door("problem").leave();
    assertTrue(doors.close("problem", Duration.ZERO));
    assertFalse(doors.door("problem").enter());
    doors.forget("problem");
    assertNull(doors.door("problem"));
  }

  @Test
  void closingWaitsForThoseInside() throws Exception {
    doors.open("problem");
    assertTrue(doors.door("problem").enter());
    assertFalse(doors.close("problem", Duration.ofMillis(5)));
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(() -> doors.close("problem", Duration.ofSeconds(5)));
    doors.door("problem").leave();
    assertTrue(closed.get());
  }
}
