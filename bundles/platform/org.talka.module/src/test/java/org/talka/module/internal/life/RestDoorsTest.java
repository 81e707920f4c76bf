/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.talka.gate.ExtensionReport;

class RestDoorsTest {
  /** Not the common pool, which has one thread on a small machine. */
  private static final Executor ANOTHER_THREAD = work -> new Thread(work).start();

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
    RestDoors.Door door = doors.door("problem");
    assertTrue(door.enter().isEmpty());
    doors.open("problem");
    door.leave(door.enter().orElseThrow(), false);
    assertTrue(doors.close("problem", Duration.ZERO));
    assertTrue(door.enter().isEmpty());
    doors.forget("problem");
    assertNull(doors.door("problem"));
  }

  @Test
  void closingWaitsForThoseInside() throws Exception {
    doors.open("problem");
    RestDoors.Door door = doors.door("problem");
    RestDoors.Visit visit = door.enter().orElseThrow();
    assertFalse(doors.close("problem", Duration.ofMillis(5)));
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(
            () -> doors.close("problem", Duration.ofSeconds(5)), ANOTHER_THREAD);
    door.leave(visit, false);
    assertTrue(closed.get());
  }

  @Test
  void letsOnlySoManyInAtATime() {
    RestDoors few = new RestDoors(2, Duration.ofSeconds(1), Duration.ofSeconds(1));
    few.open("problem");
    RestDoors.Door door = few.door("problem");
    RestDoors.Visit first = door.enter().orElseThrow();
    RestDoors.Visit second = door.enter().orElseThrow();
    assertTrue(door.enter().isEmpty());
    assertTrue(door.isOpen(), "it is full, not closed");
    door.leave(first, false);
    door.leave(first, false);
    assertTrue(door.enter().isPresent());
    assertTrue(door.enter().isEmpty(), "leaving twice frees no second place");
    door.leave(second, false);
  }

  @Test
  void countsWhatItSees() {
    RestDoors quick = new RestDoors(4, Duration.ZERO, Duration.ofNanos(-1));
    quick.open("problem");
    RestDoors.Door door = quick.door("problem");
    door.leave(door.enter().orElseThrow(), true);
    RestDoors.Visit alone = door.enter().orElseThrow();
    assertEquals(1, quick.report().get(0).stuck());
    alone.goesOnAlone();
    ExtensionReport seen = quick.report().get(0);
    assertEquals("problem", seen.module());
    assertEquals(1, seen.calls());
    assertEquals(1, seen.errors());
    assertEquals(1, seen.overruns());
    assertEquals(1, seen.inFlight());
    assertEquals(0, seen.stuck(), "it holds no thread");
  }
}
