/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.talka.api.security.Caller;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeStream;

class PresenceTest {
  private static final String KEY = "INC-000001";
  private static final Caller ANNA = FakeCaller.agent(1, "anna");
  private static final Caller BRUNO = FakeCaller.agent(2, "bruno");

  private final FakeStream stream = new FakeStream();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final Presence presence = new Presence(stream, nanos::get);

  @AfterEach
  void close() {
    presence.close();
  }

  @Test
  void thoseWhoAreThereAreToldWhoComesWritesAndGoes() {
    assertEquals(List.of("anna looking"), beat(ANNA, "a", Doing.LOOKING));
    assertEquals(List.of(), stream.sent);
    assertEquals(List.of("anna looking", "bruno looking"), beat(BRUNO, "b", Doing.LOOKING));
    assertEquals(1, stream.sent.size());
    assertTrue(stream.sent.get(0).startsWith("presence to [1, 2] "), stream.sent.toString());
    beat(BRUNO, "b", Doing.LOOKING);
    assertEquals(1, stream.sent.size());
    beat(BRUNO, "b", Doing.REPLYING);
    assertTrue(stream.sent.get(1).contains("doing=replying"), stream.sent.toString());
    presence.leave(KEY, BRUNO.person().orElseThrow(), "b");
    assertTrue(stream.sent.get(2).startsWith("presence to [1] "), stream.sent.toString());
    presence.leave(KEY, BRUNO.person().orElseThrow(), "b");
    assertEquals(3, stream.sent.size());
  }

  @Test
  void whoGivesNoSignIsGoneInLessThanHalfAMinute() {
    beat(ANNA, "a", Doing.LOOKING);
    beat(BRUNO, "b", Doing.REPLYING);
    pass(15);
    beat(ANNA, "a", Doing.LOOKING);
    pass(10);
    presence.sweep();
    assertEquals(2, stream.sent.size());
    assertEquals(List.of("anna looking"), beat(ANNA, "a", Doing.LOOKING));
  }

  @Test
  void aPersonIsThereOnceWithWhatSaysMost() {
    beat(ANNA, "a", Doing.REPLYING);
    assertEquals(List.of("anna replying"), beat(ANNA, "b", Doing.LOOKING));
    presence.leave(KEY, ANNA.person().orElseThrow(), "a");
    assertEquals(List.of("anna looking"), beat(ANNA, "b", Doing.LOOKING));
  }

  @Test
  void pagesOfOnePersonAreBounded() {
    for (int i = 0; i < 100; i++) {
      beat(ANNA, "page" + i, i < 8 ? Doing.LOOKING : Doing.REPLYING);
    }
    assertEquals(List.of("anna looking"), beat(ANNA, "page0", Doing.LOOKING));
  }

  private List<String> beat(Caller caller, String page, Doing doing) {
    return presence.beat(KEY, caller, page, doing).stream()
        .map(here -> here.username() + " " + here.doing().word())
        .toList();
  }

  private void pass(long seconds) {
    nanos.addAndGet(seconds * 1_000_000_000L);
  }
}
