/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FreshCacheTest {
  private final FreshCache<String, Integer> cache = new FreshCache<>(10);

  @Test
  void readsOnce() {
    assertEquals(Optional.of(1), cache.get("a", true, key -> Optional.of(1)));
    assertEquals(Optional.of(1), cache.get("a", true, key -> Optional.of(2)));
  }

  @Test
  void forgetsOneAndAll() {
    cache.get("a", true, key -> Optional.of(1));
    cache.forget("a");
    assertEquals(Optional.of(2), cache.get("a", true, key -> Optional.of(2)));
    cache.forgetAll();
    assertEquals(Optional.of(3), cache.get("a", true, key -> Optional.of(3)));
  }

  @Test
  void keepsNothingThatWasReadBeforeAChange() {
    cache.get(
        "a",
        true,
        key -> {
          cache.forget("a"); // somebody commits a change while this reader still reads
          return Optional.of(1);
        });
    assertEquals(Optional.of(2), cache.get("a", true, key -> Optional.of(2)));
    cache.forgetAll();
    cache.getAll(
        Set.of("a", "b"),
        true,
        keys -> {
          cache.forgetAll();
          return Map.of("a", 1, "b", 1);
        });
    assertEquals(Optional.of(3), cache.get("b", true, key -> Optional.of(3)));
  }

  @Test
  void keepsNothingThatMayNeverBeCommitted() {
    cache.get("a", false, key -> Optional.of(1));
    assertEquals(Optional.of(2), cache.get("a", true, key -> Optional.of(2)));
  }

  @Test
  void readsOnlyWhatItLacks() {
    cache.get("a", true, key -> Optional.of(1));
    Map<String, Integer> found =
        cache.getAll(
            Set.of("a", "b"),
            true,
            missing -> {
              assertEquals(Set.of("b"), missing);
              return Map.of("b", 2);
            });
    assertEquals(Map.of("a", 1, "b", 2), found);
  }

  @Test
  void neverAnswersWithWhatWasReplacedBeforeTheQuestion() throws Exception {
    AtomicInteger stored = new AtomicInteger();
    AtomicReference<String> broken = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              while (stored.get() < 20_000) {
                int atLeast = stored.get();
                int seen = cache.get("a", true, key -> Optional.of(stored.get())).orElseThrow();
                if (seen < atLeast - 1) {
                  broken.set("saw " + seen + " after " + atLeast);
                }
              }
            });
    reader.start();
    while (stored.get() < 20_000) {
      stored.incrementAndGet(); // the commit
      cache.forget("a");
    }
    reader.join();
    assertNull(broken.get());
    assertEquals(Optional.of(20_000), cache.get("a", true, key -> Optional.of(stored.get())));
  }
}
